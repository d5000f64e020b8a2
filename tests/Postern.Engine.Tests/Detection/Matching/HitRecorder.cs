using Postern.Engine.Detection.Matching;

namespace Postern.Engine.Tests.Detection.Matching;

/// <summary>Keeps every hit in the order it came.</summary>
internal readonly struct HitRecorder() : ILiteralSink
{
    public List<(int Start, int Id)> Hits { get; } = [];

    public void Hit(int literalId, int start) => Hits.Add((start, literalId));
}
