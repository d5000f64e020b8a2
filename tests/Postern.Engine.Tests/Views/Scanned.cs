using System.Text;
using Postern.Engine.Detection;
using Postern.Engine.Detection.Rules;
using Postern.Engine.Detection.Secrets;
using Postern.Engine.Flow;
using Postern.Engine.Views;

namespace Postern.Engine.Tests.Views;

/// <summary>A part walked with the built-in secret rules: what they found, through which chain, and from which bytes.</summary>
internal sealed class Scanned
{
    private static readonly SecretDetector s_detector = new(RuleCatalogue.Table);

    public Scanned(byte[] bytes, ContentKind content = ContentKind.Text, PartKind part = PartKind.Body, string boundary = "")
    {
        var views = new ViewBuilder(new ViewLimits());
        var source = new ViewSource
        {
            Bytes = bytes, Content = content, Part = part, Direction = Direction.Outbound, Boundary = Encoding.ASCII.GetBytes(boundary), Whole = true,
        };
        var visitor = new Collector(views, this);
        views.Walk(source, ref visitor);
        var found = new ViewRange[Places.Count];
        views.Locate(source, [.. Places], found);
        Origins = [.. found.Select(f => Encoding.Latin1.GetString(bytes, f.Start, f.Length))];
    }

    public static Scanned Text(string text, ContentKind content = ContentKind.Text, PartKind part = PartKind.Body) => new(Encoding.UTF8.GetBytes(text), content, part);

    public List<string> Rules { get; } = [];

    public List<string> Chains { get; } = [];

    public string[] Origins { get; }

    public List<Shortfall> Misses { get; } = [];

    private List<ViewPlace> Places { get; } = [];

    private readonly struct Collector(ViewBuilder views, Scanned scanned) : IViewVisitor
    {
        public void Visit(scoped in View view)
        {
            var hits = new HitList();
            s_detector.Detect(view, hits);
            for (var i = 0; i < hits.Count; i++)
            {
                scanned.Rules.Add(hits[i].Rule.Id);
                scanned.Chains.Add(view.Chain.ToString());
                scanned.Places.Add(new ViewPlace(views.CurrentOrdinal, hits[i].Start, hits[i].Length));
            }
        }

        public void Miss(Shortfall shortfall, int sourceOffset) => scanned.Misses.Add(shortfall);
    }
}
