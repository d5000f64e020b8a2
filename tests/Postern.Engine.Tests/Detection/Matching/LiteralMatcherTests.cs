using System.Text;
using Postern.Engine.Detection.Matching;
using static Postern.Engine.Tests.Detection.Matching.Matching;

namespace Postern.Engine.Tests.Detection.Matching;

public sealed class LiteralMatcherTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("a", "")]
    [InlineData("ab", "0:1")]
    [InlineData("xab", "1:1")]
    [InlineData("abcd", "0:1 0:2 1:3 2:4")]
    [InlineData("cdab", "0:4 2:1")]
    [InlineData("ABCD", "0:2")]
    [InlineData("aBcD", "0:2")]
    public void Reports_overlaps_by_start_and_ties_by_id(string text, string wanted)
    {
        Literal[] literals = [Exact(3, "bc"), Exact(4, "cd"), Folded(2, "abc"), Exact(1, "ab")];

        Assert.Equal(wanted, Described(literals, text));
    }

    [Fact]
    public void Reports_every_id_that_shares_the_same_bytes()
    {
        Literal[] literals = [Exact(9, "token"), Exact(-4, "token"), Folded(5, "TOKEN"), Folded(5, "token"), Exact(9, "token"), Exact(int.MaxValue, "tok")];

        Assert.Equal($"1:-4 1:5 1:5 1:9 1:9 1:{int.MaxValue}", Described(literals, " token "));
        Assert.Equal("1:5 1:5", Described(literals, " Token "));
    }

    [Theory]
    [InlineData("k\u00E9y", "K\u00C9Y")]
    [InlineData("a@b", "A`b")]
    [InlineData("a[b", "a{b")]
    [InlineData("a0_", "a\u0010\u007F")]
    public void Folds_ascii_letters_and_nothing_else(string literal, string other)
    {
        Assert.Equal("0:1", Described([Folded(1, literal)], literal));
        Assert.Equal(string.Empty, Described([Folded(1, literal)], other));
    }

    [Fact]
    public void Finds_a_literal_that_begins_long_before_its_rarest_window_after_one_that_begins_behind_it()
    {
        // Only the tail of the long one is rare, so it is found last and must still come first.
        var text = new string('e', 60) + "~^|\\";
        Literal[] literals = [Exact(1, text), Exact(2, "eeee"), Exact(3, "e~^")];

        var wanted = $"0:1 {string.Join(' ', Enumerable.Range(0, 57).Select(start => $"{start}:2"))} 59:3";
        Assert.Equal(wanted, Described(literals, text));
    }

    [Fact]
    public void Keeps_order_when_thousands_of_hits_wait()
    {
        // 63 lengths, each under 20 ids, all at every start: more than fits the stack.
        var literals = Enumerable.Range(0, 63 * 20).Select(id => Exact(id, new string('a', 2 + (id % 63)))).ToArray();
        var text = Encoding.ASCII.GetBytes(new string('a', 150) + "b" + new string('a', 70));

        AssertAgreesWithNaive(LiteralMatcher.Build(literals), literals, text);
    }

    [Fact]
    public void Holds_four_thousand_literals()
    {
        var literals = Enumerable.Range(0, LiteralMatcher.MaxLiterals).Select(id => Exact(id, $"id{id:D4}.")).ToArray();
        var text = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 4000).Reverse().Select(id => $"id{id:D4}.")));

        var hits = Scan(LiteralMatcher.Build(literals), text);

        Assert.Equal(Enumerable.Range(0, 4000).Select(at => (at * 7, 3999 - at)), hits);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(65)]
    [InlineData(0)]
    public void Refuses_a_literal_that_is_too_short_or_too_long(int length)
    {
        var refusal = Assert.Throws<ArgumentException>(() => LiteralMatcher.Build([Exact(7, new string('x', length))]));

        Assert.Contains("Literal 7", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(LiteralMatcher.MaxLiterals + 1)]
    public void Refuses_no_literals_and_too_many(int count)
    {
        var literals = Enumerable.Range(0, count).Select(id => Exact(id, "same")).ToArray();

        Assert.Throws<ArgumentException>(() => LiteralMatcher.Build(literals));
    }

    [Fact]
    public void Goes_on_after_a_sink_threw()
    {
        var matcher = LiteralMatcher.Build([Exact(1, "ab")]);
        var sink = new ThrowingSink();

        Assert.Throws<InvalidOperationException>(() => matcher.Scan("ab"u8, ref sink));
        Assert.Equal([(0, 1), (2, 1)], Scan(matcher, "abab"u8));
    }

    private static string Described(Literal[] literals, string text)
    {
        var bytes = Encoding.Latin1.GetBytes(text);
        var matcher = LiteralMatcher.Build(literals);
        AssertAgreesWithNaive(matcher, literals, bytes);
        return string.Join(' ', Scan(matcher, bytes).Select(hit => $"{hit.Start}:{hit.Id}"));
    }

    private readonly struct ThrowingSink : ILiteralSink
    {
        public void Hit(int literalId, int start) => throw new InvalidOperationException();
    }
}
