using Postern.Engine.Configuration;
using Postern.Engine.Detection;
using Postern.Engine.Flow;
using Postern.Engine.Policy;
using Postern.Engine.Views;

namespace Postern.Bench.Detection;

/// <summary>A detector together with what the balanced default does about its hits.</summary>
internal sealed class BlockingHits(IDetector detector, Direction direction)
{
    private readonly SecurityPolicy _policy = PolicyCompiler.Compile(PosternConfig.Default).Policy!;
    private readonly HitList _hits = new();

    /// <summary>The hits that refuse the message. The bytes are taken as they stand: views are measured elsewhere.</summary>
    public IEnumerable<Hit> In(byte[] text)
    {
        _hits.Clear();
        // Text outside ASCII counts as folded; the fold itself belongs to the views.
        detector.Detect(new View(text, ViewChain.Raw.Then(Decoding.Fold), PartKind.Body, direction), _hits);
        return Enumerable.Range(0, _hits.Count).Select(i => _hits[i]).Where(Blocks);
    }

    private bool Blocks(Hit hit) => _policy.Effects[hit.Rule.Category, direction, hit.Rule.Severity, hit.Confidence] == Effect.Deny;
}
