namespace Postern.Engine.Detection.Matching;

/// <summary>
/// One sharing-out of the windows over buckets: eight buckets per group, one bit each. Per group and byte of the window
/// stand 16 masks by low nibble, then 16 by high nibble; a bucket accepts a window whose every nibble has its bit.
/// </summary>
/// <param name="Groups">How many groups of eight buckets: 1 to 8.</param>
/// <param name="Rate">The share of positions of ordinary text expected to be accepted by some bucket, 0 to 1.</param>
/// <param name="Masks"><see cref="Groups"/> times <see cref="BytesPerGroup"/> bytes.</param>
internal sealed record TeddyLayout(int Groups, float Rate, byte[] Masks)
{
    /// <summary>Tables per group: four bytes of a window, two nibbles each.</summary>
    public const int Columns = 2 * Window.Bytes;

    /// <summary>Sixteen masks per table, one for each value of a nibble.</summary>
    public const int BytesPerGroup = Columns * 16;

    /// <summary>Buckets per group: the bits of a byte.</summary>
    public const int BucketsPerGroup = 8;
}
