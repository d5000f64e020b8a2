using System.Runtime.CompilerServices;

namespace Postern.Engine.Detection.Injection.Learned;

/// <summary>Sums of weights over the last blocks of tokens, and from them the scores of the windows that end here.</summary>
internal struct WindowSums
{
    /// <summary>Tokens of one block; windows begin and end at blocks.</summary>
    public const int BlockTokens = 8;

    /// <summary>Blocks of the longest window.</summary>
    public const int MaxBlocks = 48;

    /// <summary>Blocks that are remembered: the longest window, rounded up to a power of two.</summary>
    private const int Remembered = 64;

    /// <summary>Shorter windows count as if they had so many tokens: three words are no proof of anything.</summary>
    private const int LeastTokens = 8;

    // What all blocks before one add up to; a total that runs over takes the differences along.
    private Ring _sums;
    private int _total;
    private Ring _starts;

    /// <summary>How many blocks were closed.</summary>
    public int Blocks { get; private set; }

    /// <summary>Lengths of windows in blocks.</summary>
    public static ReadOnlySpan<int> Lengths => [2, 6, 16, MaxBlocks];

    /// <summary>What a sum over so many tokens is multiplied with: evidence adds up, repetition does not.</summary>
    public static float NormOf(int tokens) => 1 / MathF.Sqrt(Math.Max(tokens, LeastTokens));

    /// <summary>Takes the next block.</summary>
    public void Close(int sum, int start)
    {
        var at = Blocks % Remembered;
        _sums[at] = _total;
        _starts[at] = start;
        _total = unchecked(_total + sum);
        Blocks++;
    }

    /// <summary>Sum and first byte of the last <paramref name="blocks"/> blocks.</summary>
    public readonly int SumOf(int blocks, out int start)
    {
        var at = (Blocks - blocks) % Remembered;
        start = _starts[at];
        return unchecked(_total - _sums[at]);
    }

    [InlineArray(Remembered)]
    private struct Ring
    {
        private int _first;
    }
}
