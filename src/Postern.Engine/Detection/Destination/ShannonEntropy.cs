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

    // What one more occurrence adds to the sum of n log2 n, by the number of occurrences before it.
    private static readonly double[] s_steps = Steps();

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
        var (length, sum) = (0, 0.0);
        for (var i = 0; i < token.Length; i++, length++)
        {
            var value = token[i];
            if (value == (byte)'%' && PercentText.TryReadByte(token[i..], out var decoded))
            {
                value = decoded;
                i += 2;
            }

            var count = counts[value]++;
            sum += count < TableSize ? s_steps[count] : NLog2N(count + 1) - NLog2N(count);
        }

        return (NLog2N(length) - sum) / length > threshold + Tolerance;
    }

    private static double NLog2N(int n) => n == 0 ? 0 : n * Math.Log2(n);

    private static double[] Steps()
    {
        var steps = new double[TableSize];
        for (var n = 0; n < TableSize; n++)
        {
            steps[n] = NLog2N(n + 1) - NLog2N(n);
        }

        return steps;
    }
}
