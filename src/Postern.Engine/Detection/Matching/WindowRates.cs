using System.Numerics;

namespace Postern.Engine.Detection.Matching;

/// <summary>How often a window or a bucket is met in ordinary text, by <see cref="ByteModel"/>.</summary>
internal sealed class WindowRates
{
    private const int RowLength = 256;

    // Share of the bytes of one high nibble whose low nibble is in a set, by kind, high nibble and half of the set:
    // two lookups instead of up to sixteen additions.
    private readonly float[] _rows = new float[ByteModel.Kinds * 16 * 2 * RowLength];

    /// <summary>Sums the model once.</summary>
    public WindowRates()
    {
        var shares = ByteModel.Shares();
        for (var row = 0; row < ByteModel.Kinds * 32; row++)
        {
            var kind = shares.AsSpan(row / 32 * 256, 256);
            FillRow(_rows.AsSpan(row * RowLength, RowLength), kind.Slice(row % 32 * 8, 8), Total(kind));
        }
    }

    /// <summary>The share of positions that <paramref name="sets"/> accept, 0 to 1, averaged over the kinds of text.</summary>
    public float Of(NibbleSets sets)
    {
        var sum = 0f;
        for (var kind = 0; kind < ByteModel.Kinds; kind++)
        {
            sum += Share(kind, sets.LowAt(0), sets.HighAt(0)) * Share(kind, sets.LowAt(1), sets.HighAt(1))
                * Share(kind, sets.LowAt(2), sets.HighAt(2)) * Share(kind, sets.LowAt(3), sets.HighAt(3));
        }

        return sum / ByteModel.Kinds;
    }

    private float Share(int kind, ushort low, ushort high)
    {
        if ((low & high) == 0xFFFF)
        {
            return 1;
        }

        var sum = 0f;
        for (uint left = high; left != 0; left &= left - 1)
        {
            var row = ((kind * 16) + BitOperations.TrailingZeroCount(left)) * 2 * RowLength;
            sum += _rows[row + (low & 0xFF)] + _rows[row + RowLength + (low >> 8)];
        }

        return sum;
    }

    private static void FillRow(Span<float> row, ReadOnlySpan<float> eight, float total)
    {
        for (var set = 1; set < RowLength; set++)
        {
            row[set] = row[set & (set - 1)] + (eight[BitOperations.TrailingZeroCount(set)] / total);
        }
    }

    private static float Total(ReadOnlySpan<float> kind)
    {
        var total = 0f;
        foreach (var share in kind)
        {
            total += share;
        }

        return total;
    }
}
