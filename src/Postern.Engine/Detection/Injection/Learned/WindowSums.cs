using System.Runtime.CompilerServices;

namespace Postern.Engine.Detection.Injection.Learned;

/// <summary>Sums of weights over the last blocks of tokens, and from them the scores of the windows that end here.</summary>
internal struct WindowSums
{
    /// <summary>Tokens of one block; windows begin and end at blocks.</summary>
    public const int BlockTokens = 8;

    /// <summary>Blocks of the longest window.</summary>
    public const int MaxBlocks = 16;

    /// <summary>Shorter windows count as if they had so many tokens: three words are no proof of anything.</summary>
    private const int LeastTokens = 8;

    private Ring _sums;
    private Ring _starts;

    /// <summary>How many blocks were closed.</summary>
    public int Blocks { get; private set; }

    /// <summary>Lengths of windows in blocks.</summary>
    public static ReadOnlySpan<int> Lengths => [2, 6, MaxBlocks];

    /// <summary>What a sum over so many tokens is multiplied with: evidence adds up, repetition does not.</summary>
    public static float NormOf(int tokens) => 1 / MathF.Sqrt(Math.Max(tokens, LeastTokens));

    /// <summary>Takes the next block.</summary>
    public void Close(int sum, int start)
    {
        var at = Blocks % MaxBlocks;
        _sums[at] = sum;
        _starts[at] = start;
        Blocks++;
    }

    /// <summary>Sum and first byte of the last <paramref name="blocks"/> blocks.</summary>
    public readonly int SumOf(int blocks, out int start)
    {
        var sum = 0;
        for (var i = 1; i <= blocks; i++)
        {
            sum += _sums[(Blocks - i) % MaxBlocks];
        }

        start = _starts[(Blocks - blocks) % MaxBlocks];
        return sum;
    }

    [InlineArray(MaxBlocks)]
    private struct Ring
    {
        private int _first;
    }
}
