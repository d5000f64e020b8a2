using Postern.Engine.Detection.Matching;

namespace Postern.Bench.Matching;

/// <summary>The cheapest sink there is.</summary>
internal struct CountingSink : ILiteralSink
{
    /// <summary>Hits so far.</summary>
    public int Count { get; private set; }

    /// <inheritdoc/>
    public void Hit(int literalId, int start) => Count++;
}
