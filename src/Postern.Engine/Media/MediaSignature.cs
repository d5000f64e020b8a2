namespace Postern.Engine.Media;

/// <summary>How a format begins.</summary>
/// <param name="Format">The format.</param>
/// <param name="Offset">Where the magic stands, in bytes from the beginning.</param>
/// <param name="Magic">The format's own bytes.</param>
internal sealed record MediaSignature(MediaFormat Format, int Offset, byte[] Magic)
{
    /// <summary>A second mark, of formats that share their first one; empty when one is enough.</summary>
    public byte[] Brand { get; init; } = [];

    /// <summary>Where the second mark stands.</summary>
    public int BrandOffset { get; init; } = 8;

    /// <summary>Where the magic ends.</summary>
    public int End => Brand.Length == 0 ? Offset + Magic.Length : Math.Max(Offset + Magic.Length, BrandOffset + Brand.Length);

    /// <summary>True when bytes that begin with <paramref name="start"/> begin with this magic.</summary>
    public bool Begins(ReadOnlySpan<byte> start) =>
        start.Length >= End && start[Offset..].StartsWith(Magic) && (Brand.Length == 0 || start[BrandOffset..].StartsWith(Brand));
}
