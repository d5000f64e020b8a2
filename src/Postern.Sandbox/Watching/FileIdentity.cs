namespace Postern.Sandbox.Watching;

/// <summary>What the kernel says of a file, whatever it is called at the moment.</summary>
/// <param name="Device">The file system.</param>
/// <param name="Inode">Its number there.</param>
public readonly record struct FileIdentity(ulong Device, ulong Inode)
{
    /// <summary>True for an ordinary file.</summary>
    public bool IsRegular { get; init; }

    /// <summary>True for a directory.</summary>
    public bool IsFolder { get; init; }

    /// <summary>How many names it has.</summary>
    public uint Links { get; init; }

    /// <summary>Its length in bytes.</summary>
    public long Bytes { get; init; }

    /// <summary>When content, name or rights changed last, in nanoseconds since 1970; nobody can set it back.</summary>
    public long ChangedNs { get; init; }

    /// <summary>True for the same file, whatever it holds by now.</summary>
    public bool IsSameFile(in FileIdentity other) => (Device, Inode) == (other.Device, other.Inode);
}
