using System.Diagnostics;
using System.Text;
using Postern.Engine.Flow;
using Postern.Engine.Views;

namespace Postern.Engine.Tests.Views;

/// <summary>Every bound is reported, nothing throws, and no input makes more than linear work.</summary>
public sealed class BoundsTests
{
    private const string Token = "AKIAZ7QWERTYUIOPLKJH";
    private static readonly TimeSpan Generous = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData(4, true)]
    [InlineData(5, false)]
    [InlineData(7, false)]
    public void Reports_encodings_nested_beyond_the_bound(int depth, bool shown)
    {
        var text = "a secret: " + Token;
        for (var i = 0; i < depth; i++)
        {
            text = Coat.Base64(text);
        }

        var seen = Seen.Text(text);
        Assert.Equal(shown, seen.Shows(Token));
        Assert.Equal(shown ? [] : [Shortfall.TooDeep], seen.Misses.Select(m => m.Why));
    }

    [Fact]
    public void Reports_a_budget_that_is_used_up()
    {
        var text = Coat.Base64(Coat.Base64(Coat.Base64(string.Concat(Enumerable.Repeat(Token + " ", 100)))));
        var seen = new Seen(Encoding.UTF8.GetBytes(text), limits: new ViewLimits(ExpansionFactor: 1, ExpansionFloorBytes: 0));
        Assert.Equal([Shortfall.TooBig], seen.Misses.Select(m => m.Why));
        Assert.Empty(Seen.Text(text).Misses);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    public void Refuses_a_depth_that_a_chain_cannot_hold(int depth) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ViewBuilder(new ViewLimits(MaxDepth: depth)));

    public static TheoryData<string, string> Floods => new()
    {
        { "percent layers", "%" + string.Concat(Enumerable.Repeat("25", 100_000)) + "41" },
        { "percent signs", new string('%', 200_000) + "41" },
        { "open percent", string.Concat(Enumerable.Repeat("%4", 100_000)) },
        { "percent and hex", string.Concat(Enumerable.Repeat("%2%35", 40_000)) },
        { "backslashes", new string('\\', 200_000) },
        { "backslashes before u", string.Concat(Enumerable.Repeat("\\\\\\u005c", 30_000)) },
        { "surrogates and backslashes", string.Concat(Enumerable.Repeat("\\ud800" + new string('\\', 30), 5_000)) },
        { "ampersands", string.Concat(Enumerable.Repeat("&amp;", 50_000)) },
        { "escaped ampersands", "&" + string.Concat(Enumerable.Repeat("amp;", 50_000)) + "#65;" },
        { "digits of a reference", "&#" + new string('1', 200_000) },
        { "open tags", string.Concat(Enumerable.Repeat("<a b=\"", 40_000)) },
        { "open comments", string.Concat(Enumerable.Repeat("<!--", 50_000)) },
        { "scripts", string.Concat(Enumerable.Repeat("<script></s", 20_000)) },
        { "hidden elements", string.Concat(Enumerable.Repeat("<p hidden>", 20_000)) },
        { "base64 alphabet", new string('A', 200_000) },
        { "base32 alphabet", new string('B', 200_000) },
        { "hexadecimal digits", new string('4', 200_000) },
        { "prefixed bytes", string.Concat(Enumerable.Repeat("0x4", 60_000)) },
        { "delimited digits", string.Concat(Enumerable.Repeat("41:", 60_000)) },
        { "lines", string.Concat(Enumerable.Repeat("ABCDEFGHIJKLMNOPQ\n", 10_000)) },
        { "zero-width", string.Concat(Enumerable.Repeat("a\u200B", 50_000)) },
        { "marks", "a" + string.Concat(Enumerable.Repeat("\u0301", 100_000)) },
        { "ligatures that grow", string.Concat(Enumerable.Repeat("\uFDFA", 60_000)) },
        { "jamo", string.Concat(Enumerable.Repeat("\u1100\u1161\u11A8", 30_000)) },
        { "selectors", string.Concat(Enumerable.Repeat("\uFE0F", 60_000)) },
        { "quotes", new string('"', 200_000) },
        { "file names", "--b\r\n" + string.Concat(Enumerable.Repeat("filename=\"", 20_000)) },
        { "delimiters", string.Concat(Enumerable.Repeat("--b\r\n", 40_000)) },
        { "short words", string.Concat(Enumerable.Repeat("ab ", 60_000)) },
        { "dots", string.Concat(Enumerable.Repeat("a.", 100_000)) },
        { "query", "https://a.example/?" + string.Concat(Enumerable.Repeat("a=bcdefgh&", 20_000)) },
        { "twenty values", "https://a.example/?" + string.Join('&', Enumerable.Range(0, 20).Select(i => $"p{i}={new string('x', 120)}")) },
        { "numbers", string.Concat(Enumerable.Repeat("65,", 60_000)) },
        { "binary digits", new string('1', 200_000) },
        { "base58 words", string.Concat(Enumerable.Repeat("2NEpo7TZRRrLZSi2U ", 10_000)) },
        { "base85 words", string.Concat(Enumerable.Repeat("87cURD]i,\"Ebo80", 12_000)) },
        { "equals signs", new string('=', 200_000) },
        { "printable escapes", string.Concat(Enumerable.Repeat("=41", 60_000)) },
        { "quotes and operators", string.Concat(Enumerable.Repeat("a\"+\"", 50_000)) },
        { "open markup", string.Concat(Enumerable.Repeat("a<b ", 50_000)) },
        { "empty markup", string.Concat(Enumerable.Repeat("<b></b>", 30_000)) },
        { "hyphens and breaks", string.Concat(Enumerable.Repeat("a-\n", 50_000)) },
        { "odd tokens", string.Concat(Enumerable.Repeat("zxq7vwk2jhg9qpzx4kjw ", 10_000)) },
        { "gzip beginnings", string.Concat(Enumerable.Repeat("H4sIAAAAAAAAA0tMTEpOAQAAAAD ", 8_000)) },
        { "small keys", "{" + string.Join(',', Enumerable.Range(0, 20_000).Select(i => $"\"{i}\":1")) + "}" },
    };

    [Theory]
    [MemberData(nameof(Floods))]
    public void Stays_linear_on(string flood, string text)
    {
        Assert.NotEmpty(flood);
        var bytes = Encoding.UTF8.GetBytes(text);
        var limits = new ViewLimits();
        var start = Stopwatch.GetTimestamp();
        foreach (var content in Enum.GetValues<ContentKind>())
        {
            foreach (var part in new[] { PartKind.Body, PartKind.Url })
            {
                var seen = new Seen(bytes, content, part, "b");
                Assert.True(seen.Views.Sum(v => (long)v.Bytes.Length) <= ((long)bytes.Length * (limits.ExpansionFactor + 1)) + limits.ExpansionFloorBytes);
            }
        }

        Assert.True(Stopwatch.GetElapsedTime(start) < Generous, flood);
    }

    [Fact]
    public void Reads_any_layers_of_percent_in_one_view()
    {
        var seen = Seen.Text("%" + string.Concat(Enumerable.Repeat("25", 30_000)) + "41KIAZ7QWERTYUIOPLKJH");
        Assert.True(seen.Shows(Token));
    }

    [Fact]
    public void Never_throws_on_arbitrary_bytes()
    {
        var alphabet = "%4&#\\ux{}[]\":,<>/!-=+?\n\r \u00E9\u200BAa1b"u8.ToArray();
        for (uint seed = 1; seed <= 300; seed++)
        {
            var noise = Coat.Noise(700, seed);
            var bytes = seed % 3 == 0 ? noise : [.. noise.Select(b => alphabet[b % alphabet.Length])];
            foreach (var content in Enum.GetValues<ContentKind>())
            {
                Assert.NotEmpty(new Seen(bytes, content, boundary: "4", whole: seed % 2 == 0).Views);
            }

            Assert.NotEmpty(new Seen(bytes, part: PartKind.Url).Views);
        }
    }

    [Fact]
    public void Walks_an_empty_part() => Assert.Equal("raw", Seen.Text("").Chains);

    [Theory]
    [InlineData(ContentKind.Text, PartKind.Body, "Plain words with nothing to decode in them.")]
    [InlineData(ContentKind.Text, PartKind.Body, "UHVyZSB0ZXh0IGluIGJhc2U2NCBhbmQg caf\u00E9 \\u0041 &amp; %41 41:42:43:44:45:46:47:48:49")]
    [InlineData(ContentKind.Json, PartKind.Body, """{"a":"b\u0041","c":["UHVyZSB0ZXh0IGluIGJhc2U2NCBhbmQg","x.y/z",1.5],"d":{"a":null}}""")]
    [InlineData(ContentKind.Html, PartKind.Body, "<p class=\"a b\">Text &amp; more<!-- c --></p><div hidden>x</div>")]
    [InlineData(ContentKind.Form, PartKind.Body, "a=1&b=x+y%2Bz&c=abcdefghijkl")]
    [InlineData(ContentKind.Multipart, PartKind.Body, "--b\r\nContent-Transfer-Encoding: base64\r\n\r\nUHVyZSB0ZXh0\r\n--b--")]
    [InlineData(ContentKind.Text, PartKind.Url, "https://a.example/v1/things/abc?x=1&y=abcdefgh&z=ijklmnop")]
    public void Allocates_nothing_once_scratch_has_grown(ContentKind content, PartKind part, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var builder = new ViewBuilder(new ViewLimits());
        var visitor = default(Counter);
        long allocated = 0;
        for (var i = 0; i < 50; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            builder.Walk(new ViewSource { Bytes = bytes, Content = content, Part = part, Boundary = "b"u8, Whole = true }, ref visitor);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.True(visitor.Views > 0);
        Assert.Equal(0, allocated);
    }

    private struct Counter : IViewVisitor
    {
        public int Views { get; private set; }

        public void Visit(scoped in View view) => Views++;

        public readonly void Miss(Shortfall shortfall, int sourceOffset) => Assert.Fail(shortfall.ToString());
    }
}
