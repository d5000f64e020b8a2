namespace Postern.Engine.Detection.Destination;

/// <summary>
/// Bits per byte of a token's byte frequencies, without allocation. Percent-encoding is undone while counting.
/// </summary>
/// <remarks>
/// What can exceed the default of 4.5 bits: at least 23 bytes with nearly all of them different. Hexadecimal digests and UUIDs
/// cannot (4.0 and 4.09 at most), words and dates do not. What remains and is innocent: opaque base64 of 32 bytes or more (signed
/// links, some paging cursors); the policy's exclusions are for those.
/// </remarks>
internal static class ShannonEntropy
{
    // So that a token with exactly the threshold's entropy is not above it by a rounding error.
    private const double Tolerance = 1e-9;
    private const int TableSize = 512;

    private static readonly double[] s_nLog2N = Table();

    /// <summary>True when the entropy is greater than the threshold; equal is not. A threshold of 0 switches the check off.</summary>
    public static bool Exceeds(ReadOnlySpan<byte> token, double threshold)
    {
        // n bytes carry at most log2 n bits each, so short tokens need no counting.
        if (threshold <= 0 || Math.Log2(token.Length) <= threshold)
        {
            return false;
        }

        Span<int> counts = stackalloc int[256];
        counts.Clear();
        var length = Count(token, counts);
        var sum = 0.0;
        foreach (var count in counts)
        {
            sum += NLog2N(count);
        }

        return (NLog2N(length) - sum) / length > threshold + Tolerance;
    }

    private static int Count(ReadOnlySpan<byte> token, Span<int> counts)
    {
        var length = 0;
        for (var i = 0; i < token.Length; i++, length++)
        {
            if (PercentText.TryReadByte(token[i..], out var value))
            {
                i += 2;
            }
            else
            {
                value = token[i];
            }

            counts[value]++;
        }

        return length;
    }

    private static double NLog2N(int n) => n < TableSize ? s_nLog2N[n] : n * Math.Log2(n);

    private static double[] Table()
    {
        var table = new double[TableSize];
        for (var n = 1; n < TableSize; n++)
        {
            table[n] = n * Math.Log2(n);
        }

        return table;
    }
}
