namespace Postern.Engine.Detection;

/// <summary>Shannon entropy of bytes that are counted one after the other, without allocation. It measures repetition, not randomness.</summary>
/// <param name="counts">One zeroed counter for each value of a byte; the caller's.</param>
internal ref struct Entropy(Span<int> counts)
{
    /// <summary>Counters needed.</summary>
    public const int Values = 256;

    /// <summary>Two entropies that are nearer than this are equal: the rest is rounding.</summary>
    public const double Tolerance = 1e-9;

    private const int TableSize = 512;

    /// <summary>What one more occurrence adds to the sum of n log2 n, by the number of occurrences before it.</summary>
    private static readonly double[] s_steps = [.. Enumerable.Range(0, TableSize).Select(StepAfter)];

    private readonly Span<int> _counts = counts;
    private int _length;
    private double _sum;

    /// <summary>0 to 8; 0 when nothing was counted.</summary>
    public readonly double BitsPerByte => _length == 0 ? 0 : (NLog2N(_length) - _sum) / _length;

    /// <summary>Bits per byte of <paramref name="value"/>, 0 to 8; 0 for an empty one.</summary>
    public static double Of(ReadOnlySpan<byte> value)
    {
        Span<int> counts = stackalloc int[Values];
        counts.Clear();
        var entropy = new Entropy(counts);
        foreach (var b in value)
        {
            entropy.Add(b);
        }

        return entropy.BitsPerByte;
    }

    /// <summary>Counts one more byte.</summary>
    public void Add(byte value)
    {
        var count = _counts[value]++;
        _sum += count < TableSize ? s_steps[count] : StepAfter(count);
        _length++;
    }

    private static double StepAfter(int count) => NLog2N(count + 1) - NLog2N(count);

    private static double NLog2N(int n) => n == 0 ? 0 : n * Math.Log2(n);
}
