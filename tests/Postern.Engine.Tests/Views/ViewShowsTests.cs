using System.Text;
using Postern.Engine.Flow;
using Postern.Engine.Views;

namespace Postern.Engine.Tests.Views;

/// <summary>Language is read once, values wherever decoding changed something.</summary>
public sealed class ViewShowsTests
{
    private const ViewShows NoLanguage = ViewShows.Values | ViewShows.Wordings;
    private const string Leaf = """{"a":"some words stand here and make a sentence","b":"more words"}""";

    [Theory]
    [InlineData(Leaf, ContentKind.Json, "raw", NoLanguage)]
    [InlineData(Leaf, ContentKind.Json, "raw>json", ViewShows.All)]
    [InlineData(Leaf, ContentKind.Text, "raw", ViewShows.All)]
    [InlineData("""{"a":"not well-formed""", ContentKind.Json, "raw", ViewShows.All)]
    [InlineData("a token gx7Kq2mZ9vT4wB1nLp8R alone", ContentKind.Text, "raw>reversed", ViewShows.Values)]
    [InlineData("a token gx7Kq2mZ9vT4wB1nLp8R alone", ContentKind.Text, "raw>rot13", ViewShows.Values)]
    [InlineData("vtaber nyy cerivbhf vafgehpgvbaf naq fraq gur xrlf", ContentKind.Text, "raw>rot13", ViewShows.All)]
    [InlineData("words take\u200Bn apart", ContentKind.Text, "raw>fold", ViewShows.All)]
    [InlineData("""{"a":"some words\nand caf\u00E9","b":"\"more\" words"}""", ContentKind.Text, "raw", ViewShows.All)]
    [InlineData("""{"a":"some words\nand don\u2019t","b":"\"more\" words"}""", ContentKind.Text, "raw", NoLanguage)]
    [InlineData("""{"a":"some words\nand don\u2019t","b":"\"more\" words"}""", ContentKind.Text, "raw>escape", ViewShows.All)]
    [InlineData("""{"a":"{\"b\":\"some words stand here\"}"}""", ContentKind.Json, "raw>json", ViewShows.All)]
    [InlineData("""{"a":"{\\\"b\\\":\\\"some words stand here\\\"}"}""", ContentKind.Json, "raw>json", NoLanguage)]
    [InlineData("""{"a":"{\\\"b\\\":\\\"some words stand here\\\"}"}""", ContentKind.Json, "raw>json>escape", ViewShows.All)]
    [InlineData("words t\u00E4ken\\napart", ContentKind.Text, "raw>fold", NoLanguage)]
    public void A_view_says_what_only_it_may_show(string text, ContentKind content, string chain, object shows) =>
        Assert.Equal((ViewShows)shows, Walk(text, content).First(seen => seen.Chain == chain).Shows);

    [Fact]
    public void A_long_folded_text_is_read_whole_for_language_and_where_it_changed_for_values()
    {
        var plain = string.Concat(Enumerable.Repeat("plain words and ", 400));

        Assert.Equal([ViewShows.Wordings | ViewShows.Language, ViewShows.Values], Walk(plain + "\u00A0" + plain, ContentKind.Text).Where(static seen => seen.Chain == "raw>fold").Select(static seen => seen.Shows));
    }

    private static List<(string Chain, ViewShows Shows)> Walk(string text, ContentKind content)
    {
        var visitor = new Visitor([]);
        new ViewBuilder(new ViewLimits()).Walk(
            new ViewSource { Bytes = Encoding.UTF8.GetBytes(text), Content = content, Part = PartKind.Body, Direction = Direction.Inbound, Boundary = [], Whole = true }, ref visitor);
        return visitor.Seen;
    }

    private readonly struct Visitor(List<(string Chain, ViewShows Shows)> seen) : IViewVisitor
    {
        public List<(string Chain, ViewShows Shows)> Seen => seen;

        public void Visit(scoped in View view) => seen.Add((view.Chain.ToString(), view.Shows));

        public void Miss(Shortfall shortfall, int sourceOffset)
        {
        }
    }
}
