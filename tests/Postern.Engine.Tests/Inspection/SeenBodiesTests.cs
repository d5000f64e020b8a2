using System.Text;
using Postern.Engine.Detection;
using Postern.Engine.Flow;
using Postern.Engine.Inspection;
using Postern.Engine.Tests.Editing;
using Postern.Engine.Views;

namespace Postern.Engine.Tests.Inspection;

public sealed class SeenBodiesTests
{
    private static readonly string s_text = string.Join(' ', Enumerable.Range(0, 40).Select(static i => "line " + i));
    private static readonly IDetector[] s_detectors = [];

    [Fact]
    public void Finds_what_was_remembered_and_nothing_that_differs_in_anything()
    {
        var bodies = new SeenBodies();
        Remember(bodies, Source(s_text));

        Assert.NotNull(bodies.Find(BodyMark.Of(Source(s_text)), s_detectors));
        Assert.Null(bodies.Find(BodyMark.Of(Source(s_text)), [null!]));
        Assert.Null(bodies.Find(BodyMark.Of(Source(s_text + " ")), s_detectors));
        Assert.Null(bodies.Find(BodyMark.Of(Source(s_text.Replace('0', '1'))), s_detectors));
        Assert.Null(bodies.Find(BodyMark.Of(Source(s_text) with { Content = ContentKind.Json }), s_detectors));
        Assert.Null(bodies.Find(BodyMark.Of(Source(s_text) with { Whole = false }), s_detectors));
    }

    public static TheoryData<string> Unmarked => ["outbound", "header", "border", "charset", "boundary", "short", "long"];

    [Theory]
    [MemberData(nameof(Unmarked))]
    public void What_is_read_by_more_than_its_bytes_has_no_mark(string what)
    {
        var source = Source(s_text);
        source = what switch
        {
            "outbound" => source with { Direction = Direction.Outbound },
            "header" => source with { Part = PartKind.HeaderValue },
            "border" => source with { Part = PartKind.Border },
            "charset" => source with { Charset = Charset.Unknown },
            "boundary" => source with { Boundary = "b"u8 },
            "short" => source with { Bytes = source.Bytes[..(BodyMark.MinBytes - 1)] },
            _ => source with { Bytes = new byte[BodyMark.MaxBytes + 1] },
        };

        var bodies = new SeenBodies();
        Remember(bodies, source);

        Assert.Equal(default, BodyMark.Of(source));
        Assert.Null(bodies.Find(BodyMark.Of(source), s_detectors));
    }

    [Fact]
    public void A_hostile_body_is_refused_whenever_it_comes()
    {
        var world = new EditWorld("");
        var body = s_text + "\n" + EditWorld.Hostile + "\n";
        for (var round = 0; round < 3; round++)
        {
            Assert.Equal(s_text, world.Receive(s_text));
            Assert.Null(world.Receive(body));
            Assert.StartsWith("injection.", world.Refused!.RuleId, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(ContentKind.Text)]
    [InlineData(ContentKind.Json)]
    public void A_hostile_sentence_is_cut_out_of_the_same_place_each_time(ContentKind content)
    {
        var world = new EditWorld(EditWorld.Strip);
        var body = content == ContentKind.Json ? $"{{\"a\":\"{s_text}\",\"b\":\"{s_text}\\n{EditWorld.Hostile}\"}}" : s_text + "\n" + EditWorld.Hostile + "\n" + s_text;
        var first = world.Receive(body, content);

        Assert.NotNull(first);
        Assert.DoesNotContain(EditWorld.Hostile, first);
        Assert.Equal(first, world.Receive(body, content));
        Assert.Equal(first, world.Receive(body, content));
    }

    [Fact]
    public void What_was_seen_is_recorded_alike_each_time()
    {
        var world = new EditWorld("");
        var body = $"{{\"note\":\"{s_text}\",\"key\":\"{EditWorld.Key}\"}}";
        for (var round = 0; round < 3; round++)
        {
            world.Receive(body, ContentKind.Json);
        }

        var lines = world.Inner.Evidence.Split('\n').Where(static line => line.StartsWith("secret.", StringComparison.Ordinal)).ToArray();
        Assert.Equal(3, lines.Length);
        Assert.Single(lines.Distinct());
        Assert.Contains("body$.key", lines[0], StringComparison.Ordinal);
    }

    private static void Remember(SeenBodies bodies, scoped in ViewSource source)
    {
        var scratch = new Scratch(new ViewLimits(), bodies);
        bodies.Remember(BodyMark.Of(source), s_detectors, LocatedHits.Of(source, scratch));
    }

    private static ViewSource Source(string text) =>
        new() { Bytes = Encoding.ASCII.GetBytes(text), Part = PartKind.Body, Direction = Direction.Inbound, Content = ContentKind.Text, Whole = true };
}
