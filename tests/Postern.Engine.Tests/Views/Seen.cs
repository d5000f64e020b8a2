using System.Text;
using Postern.Engine.Flow;
using Postern.Engine.Views;

namespace Postern.Engine.Tests.Views;

/// <summary>Walks a part and remembers every view and every shortfall.</summary>
internal sealed class Seen
{
    private readonly ViewBuilder _builder;
    private readonly byte[] _bytes;
    private readonly ContentKind _content;
    private readonly PartKind _part;
    private readonly byte[] _boundary;
    private readonly bool _whole;

    public Seen(
        byte[] bytes,
        ContentKind content = ContentKind.Text,
        PartKind part = PartKind.Body,
        string boundary = "",
        bool whole = true,
        ViewLimits? limits = null)
    {
        _builder = new ViewBuilder(limits ?? new ViewLimits());
        _bytes = bytes;
        _content = content;
        _part = part;
        _boundary = Encoding.ASCII.GetBytes(boundary);
        _whole = whole;
        var visitor = new Collector(this);
        _builder.Walk(Source, ref visitor);
    }

    public static Seen Text(string text, PartKind part = PartKind.Body) => new(Encoding.UTF8.GetBytes(text), part: part);

    public static Seen Json(string text) => new(Encoding.UTF8.GetBytes(text), ContentKind.Json);

    public List<SeenView> Views { get; } = [];

    public List<(Shortfall Why, int Offset)> Misses { get; } = [];

    public string Chains => string.Join(" ", Views.Select(v => v.Chain.ToString()).Distinct());

    private ViewSource Source => new()
    {
        Bytes = _bytes,
        Content = _content,
        Part = _part,
        Direction = Direction.Outbound,
        Boundary = _boundary,
        Whole = _whole,
    };

    /// <summary>The views whose text contains the needle.</summary>
    public IEnumerable<SeenView> With(string needle) => Views.Where(v => v.Bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(needle)) >= 0);

    /// <summary>The views of one chain.</summary>
    public IEnumerable<SeenView> Of(string chain) => Views.Where(v => v.Chain.ToString() == chain);

    public bool Shows(string needle) => With(needle).Any();

    public (int Start, int Length) Locate(SeenView view, string needle)
    {
        var bytes = Encoding.UTF8.GetBytes(needle);
        var found = new ViewRange[1];
        _builder.Locate(Source, [new ViewPlace(view.Ordinal, view.Bytes.AsSpan().IndexOf(bytes), bytes.Length)], found);
        return (found[0].Start, found[0].Length);
    }

    /// <summary>The source bytes that a needle in a view came from.</summary>
    public string Origin(SeenView view, string needle)
    {
        var (start, length) = Locate(view, needle);
        return Encoding.UTF8.GetString(_bytes.AsSpan(start, length));
    }

    public string Describe(int offset) => _builder.Describe(Source, offset);

    private readonly struct Collector(Seen seen) : IViewVisitor
    {
        public void Visit(scoped in View view) =>
            seen.Views.Add(new SeenView(seen._builder.CurrentOrdinal, view.Chain, view.Bytes.ToArray()));

        public void Miss(Shortfall shortfall, int sourceOffset) => seen.Misses.Add((shortfall, sourceOffset));
    }
}
