using Postern.Engine.Detection.Matching;

namespace Postern.Engine.Tests.Detection.Matching;

/// <summary>The cheapest sink there is.</summary>
internal struct HitCounter : ILiteralSink
{
    public int Count { get; private set; }

    public void Hit(int literalId, int start) => Count++;
}
