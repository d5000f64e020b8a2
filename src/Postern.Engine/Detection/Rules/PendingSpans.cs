using System.Runtime.CompilerServices;

namespace Postern.Engine.Detection.Rules;

/// <summary>Generic matches that wait for the end of the scan, to give way to specific ones at the same place.</summary>
internal struct PendingSpans
{
    /// <summary>How many can wait; more are reported at once.</summary>
    public const int Capacity = 16;

    private Spans _spans;

    public int Count { get; private set; }

    public readonly (CompiledRule Rule, MatchedSpan Span) this[int index] => _spans[index];

    public bool TryAdd(CompiledRule rule, MatchedSpan span)
    {
        if (Count == Capacity)
        {
            return false;
        }

        _spans[Count++] = (rule, span);
        return true;
    }

    [InlineArray(Capacity)]
    private struct Spans
    {
        private (CompiledRule Rule, MatchedSpan Span) _first;
    }
}
