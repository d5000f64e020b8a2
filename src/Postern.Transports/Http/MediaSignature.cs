namespace Postern.Transports.Http;

/// <summary>How a format begins, and the labels under which it is taken for what it is.</summary>
/// <param name="Offset">Where the magic stands, in bytes from the beginning.</param>
/// <param name="Magic">The format's own bytes.</param>
/// <param name="Types">Media types; one that ends with a slash stands for all of its kind.</param>
internal sealed record MediaSignature(int Offset, byte[] Magic, params string[] Types)
{
    /// <summary>Where the magic ends.</summary>
    public int End => Offset + Magic.Length;

    /// <summary>True when a body that begins with <paramref name="start"/> begins with this magic.</summary>
    public bool Begins(ReadOnlySpan<byte> start) => start.Length >= End && start[Offset..].StartsWith(Magic);

    /// <summary>True when <paramref name="type"/> may say this. A stream of octets says nothing, so it may be any of them.</summary>
    public bool Fits(ReadOnlySpan<char> type)
    {
        if (type.Equals(MediaTypes.Octets, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        foreach (var claimed in Types)
        {
            if (claimed[^1] == '/' ? type.StartsWith(claimed, StringComparison.OrdinalIgnoreCase) : type.Equals(claimed, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
