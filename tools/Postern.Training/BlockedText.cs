using Postern.Engine.Detection.Injection.Learned;

namespace Postern.Training;

/// <summary>One view of a text as features.</summary>
/// <param name="Features">Buckets, token by token.</param>
/// <param name="Ends">Where each block of tokens ends in them.</param>
/// <param name="Tokens">How many tokens there are.</param>
internal sealed record BlockedText(int[] Features, int[] Ends, int Tokens)
{
    public int Blocks => Ends.Length;

    public ReadOnlySpan<int> Of(int first, int count) => Features.AsSpan((first == 0 ? 0 : Ends[first - 1])..Ends[first + count - 1]);

    /// <summary>Tokens of a window.</summary>
    public int TokensOf(int first, int count) => Math.Min(Tokens, (first + count) * WindowSums.BlockTokens) - (first * WindowSums.BlockTokens);
}
