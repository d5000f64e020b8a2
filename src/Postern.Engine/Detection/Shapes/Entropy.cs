namespace Postern.Engine.Detection.Shapes;

/// <summary>Shannon entropy of a value: it measures repetition, not randomness, so it serves as a floor only.</summary>
internal static class Entropy
{
    /// <summary>Bits per byte, 0 to 8; 0 for an empty value.</summary>
    public static double BitsPerByte(ReadOnlySpan<byte> value)
    {
        Span<int> counts = stackalloc int[256];
        counts.Clear();
        foreach (var b in value)
        {
            counts[b]++;
        }

        var bits = 0.0;
        foreach (var count in counts)
        {
            if (count > 0)
            {
                var share = (double)count / value.Length;
                bits -= share * Math.Log2(share);
            }
        }

        return bits;
    }
}
