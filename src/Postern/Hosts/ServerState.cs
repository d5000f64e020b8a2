namespace Postern.Program.Hosts;

/// <summary>Whether what a server says and is told passes Postern.</summary>
internal enum ServerState : byte
{
    /// <summary>It does not.</summary>
    Open,

    /// <summary>It does not, and cannot be made to.</summary>
    Unsupported,

    /// <summary>It does.</summary>
    Protected,
}
