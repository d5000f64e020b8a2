using System.Text;
using Postern.Engine.Views;

namespace Postern.Engine.Tests.Views;

/// <summary>Sentences are left to the view without the quotation only where that view has every word of them.</summary>
public sealed class PlainEscapesTests
{
    [Theory]
    [InlineData("""one\ntwo\tthree\r""", true)]
    [InlineData("""he said \"go\" and it\'s \/done""", true)]
    [InlineData("""quoted twice \\\"go\\\" and \\n""", true)]
    [InlineData("""don\u2019t \u003Cb\u003E 20\u0026""", true)]
    [InlineData("""\u4f60\u597d \ud83d\udc9c fine""", true)]
    [InlineData("no escape at all", false)]
    [InlineData("""a letter is taken: \all of it\n""", false)]
    [InlineData("""a letter is \x61dded\n""", false)]
    [InlineData("""or octal \101ll\n""", false)]
    [InlineData("""glued\u00e9 to words\n""", false)]
    [InlineData("""not\u200bseen, but joins\n""", false)]
    [InlineData("""ignor\u0065 a letter\n""", false)]
    [InlineData("""a symbol that reads as letters\u2122\n""", false)]
    [InlineData("""\p is none, and this is one\n""", true)]
    public void Escapes_that_touch_words_are_not_plain(string text, bool expected) =>
        Assert.Equal(expected, PlainEscapes.CoverMost(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData(100, true)]
    [InlineData(500, true)]
    [InlineData(5000, false)]
    public void A_long_text_needs_them_all_over(int distance, bool expected) =>
        Assert.Equal(expected, PlainEscapes.CoverMost(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(new string('w', distance) + "\\n", 20)))));

    [Fact]
    public void What_is_left_to_the_other_view_is_there_whole()
    {
        var line = new string('w', 600);
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(line + "\\n", 20)));
        var visitor = new Kept([]);

        text = [.. text, .. Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(new string('v', 300) + "\\n", 100)))];
        Assert.True(PlainEscapes.CoverMost(text));
        new ViewBuilder(new ViewLimits()).Walk(new ViewSource { Bytes = text, Boundary = [], Whole = true }, ref visitor);

        Assert.Equal(Encoding.UTF8.GetString(text).Replace("\\n", "\n", StringComparison.Ordinal), visitor.Seen["raw>escape"]);
    }

    private readonly struct Kept(Dictionary<string, string> seen) : IViewVisitor
    {
        public Dictionary<string, string> Seen => seen;

        public void Visit(scoped in View view) => seen[view.Chain.ToString()] = Encoding.UTF8.GetString(view.Bytes);

        public void Miss(Shortfall shortfall, int sourceOffset)
        {
        }
    }
}
