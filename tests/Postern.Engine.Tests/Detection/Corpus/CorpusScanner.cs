using System.Text;
using Postern.Engine.Configuration;
using Postern.Engine.Detection;
using Postern.Engine.Detection.Injection;
using Postern.Engine.Detection.Rules;
using Postern.Engine.Flow;
using Postern.Engine.Policy;
using Postern.Engine.Views;

namespace Postern.Engine.Tests.Detection.Corpus;

/// <summary>Looks at texts as at a plain body that arrives: all views, the injection rules, and what the default policy makes of the hits.</summary>
internal sealed class CorpusScanner
{
    private readonly InjectionDetector _detector = new(RuleCatalogue.Table);
    private readonly EffectTable _effects = PolicyCompiler.Compile(new PosternConfig()).Policy!.Effects;
    private readonly ViewBuilder _views = new(new ViewLimits());

    /// <summary>The rules for which the default policy would refuse the text.</summary>
    public string[] Refusals(string text)
    {
        var visitor = new Visitor(_detector);
        _views.Walk(new ViewSource { Bytes = Encoding.UTF8.GetBytes(text), Part = PartKind.Body, Direction = Direction.Inbound, Whole = true }, ref visitor);
        var hits = visitor.Hits;
        return [.. Enumerable.Range(0, hits.Count).Select(i => hits[i]).Where(Refuses).Select(h => h.Rule.Id).Distinct()];
    }

    private bool Refuses(Hit hit) =>
        hit.Rule.Core || _effects[RuleCategory.Injection, Direction.Inbound, hit.Rule.Severity, hit.Confidence] == Effect.Deny;

    private readonly struct Visitor(InjectionDetector detector) : IViewVisitor
    {
        public HitList Hits { get; } = new();

        public void Visit(scoped in View view) => detector.Detect(view, Hits);

        public void Miss(Shortfall shortfall, int offset)
        {
        }
    }
}
