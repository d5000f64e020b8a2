namespace Postern.Engine.Detection.Rules;

/// <summary>Where a literal meets the edge of a word.</summary>
[Flags]
internal enum WordEdges : byte
{
    /// <summary>Nowhere, or it does not matter.</summary>
    None = 0,

    /// <summary>A word begins with it.</summary>
    Start = 1,

    /// <summary>A word ends with it.</summary>
    End = 2,
}
