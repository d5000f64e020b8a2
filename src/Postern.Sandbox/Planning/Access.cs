namespace Postern.Sandbox.Planning;

/// <summary>What may be done beneath a path. Zero is the safe one.</summary>
public enum Access : byte
{
    /// <summary>Nothing: an empty directory or file stands there.</summary>
    Hidden,

    /// <summary>Only the names in it; used where Landlock alone holds and something beneath is hidden.</summary>
    List,

    /// <summary>Read and execute.</summary>
    Read,

    /// <summary>Read, execute and change.</summary>
    Write,

    /// <summary>A private, empty place in memory that is gone at the end; may be changed.</summary>
    Private,
}
