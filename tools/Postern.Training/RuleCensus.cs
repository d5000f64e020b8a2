using Postern.Engine.Detection;
using Postern.Engine.Detection.Injection;
using Postern.Engine.Detection.Rules;
using Postern.Engine.Flow;
using Postern.Engine.Views;

namespace Postern.Training;

/// <summary>How often each rule matches attacks and ordinary pieces: what a rule is worth is decided by this, not by how it reads.</summary>
internal static class RuleCensus
{
    public static void Show(IEnumerable<Sample> samples, IEnumerable<byte[]> pieces, Report report)
    {
        var counts = new Dictionary<string, (int Attacks, int Benign, int Pieces)>(StringComparer.Ordinal);
        foreach (var sample in samples.Where(static s => s.Counts))
        {
            foreach (var id in IdsIn(sample.Text))
            {
                var (attacks, benign, ordinary) = counts.GetValueOrDefault(id);
                counts[id] = sample.IsAttack ? (attacks + 1, benign, ordinary) : (attacks, benign + 1, ordinary);
            }
        }

        foreach (var piece in pieces)
        {
            foreach (var id in IdsIn(piece))
            {
                var (attacks, benign, ordinary) = counts.GetValueOrDefault(id);
                counts[id] = (attacks, benign, ordinary + 1);
            }
        }

        foreach (var (id, (attacks, benign, ordinary)) in counts.OrderByDescending(static c => c.Value.Pieces + c.Value.Benign))
        {
            report.Line($"{id} {RuleCatalogue.Find(id)!.Confidence}: {attacks} attacks, {benign} benign texts, {ordinary} ordinary pieces");
        }
    }

    private static HashSet<string> IdsIn(byte[] text)
    {
        var visitor = new Visitor(new InjectionDetector(RuleCatalogue.Table, 0));
        new ViewBuilder(new ViewLimits()).Walk(new ViewSource { Bytes = text, Content = ContentKind.Text, Part = PartKind.Body, Direction = Direction.Inbound, Whole = true }, ref visitor);
        return visitor.Ids;
    }

    private readonly struct Visitor(InjectionDetector detector) : IViewVisitor
    {
        private readonly HitList _hits = new();

        public HashSet<string> Ids { get; } = [];

        public void Visit(scoped in View view)
        {
            _hits.Clear();
            detector.Detect(view, _hits);
            for (var i = 0; i < _hits.Count; i++)
            {
                Ids.Add(_hits[i].Rule.Id);
            }
        }

        public void Miss(Shortfall shortfall, int sourceOffset)
        {
        }
    }
}
