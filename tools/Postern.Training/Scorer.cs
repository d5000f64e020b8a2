using Postern.Engine.Detection;
using Postern.Engine.Detection.Injection;
using Postern.Engine.Detection.Injection.Learned;
using Postern.Engine.Detection.Rules;
using Postern.Engine.Flow;
using Postern.Engine.Views;

namespace Postern.Training;

/// <summary>Scores whole texts as the engine does: every view, rules and model together.</summary>
internal sealed class Scorer(InjectionModel model, float[]? worth = null)
{
    private readonly InjectionDetector _detector = new(RuleCatalogue.Table, new InjectionJudgement(model, 0, worth ?? InjectionJudgement.DefaultWorth));
    private readonly ViewBuilder _builder = new(new ViewLimits());
    private readonly HitList _hits = new();

    public float ScoreOf(ReadOnlySpan<byte> text)
    {
        var visitor = new Visitor(_detector, _hits);
        _builder.Walk(new ViewSource { Bytes = text, Content = ContentKind.Text, Part = PartKind.Body, Direction = Direction.Inbound, Whole = true }, ref visitor);
        return visitor.Best;
    }

    private struct Visitor(InjectionDetector detector, HitList hits) : IViewVisitor
    {
        public float Best { get; private set; } = float.MinValue;

        public void Visit(scoped in View view)
        {
            hits.Clear();
            Best = Math.Max(Best, detector.Score(view, hits));
        }

        public readonly void Miss(Shortfall shortfall, int sourceOffset)
        {
        }
    }
}
