using System.Text;
using Postern.Engine.Flow;
using Postern.Engine.Views;

namespace Postern.Engine.Tests.Views;

/// <summary>Ways past the views that an attacker's review found, each as it was tried.</summary>
public sealed class AttackerReviewTests
{
    private const string Token = "AKIAZ7QWERTYUIOPLKJH";
    private const int WindowBytes = 72 * 1024;

    public static TheoryData<string, string, bool> TransferEncodedParts
    {
        get
        {
            var rows = new TheoryData<string, string, bool>();
            foreach (var encoding in (ReadOnlySpan<string>)["base64", "quoted-printable", "x-base64", "7bit"])
            {
                foreach (var whole in (ReadOnlySpan<bool>)[true, false])
                {
                    rows.Add(encoding, "x" + Coat.Base64("some text with the key " + Token + " in it"), whole);
                    rows.Add(encoding, Convert.ToHexString(Encoding.ASCII.GetBytes(Token)), whole);
                    rows.Add(encoding, Coat.Percent(Token), whole);
                    rows.Add(encoding, Token, whole);
                }
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(TransferEncodedParts))]
    public void A_transfer_encoding_hides_nothing_that_stands_in_a_multipart_body(string encoding, string text, bool whole)
    {
        var body = $"--b\r\nContent-Disposition: form-data; name=\"x\"\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n{text}\r\n--b--\r\n";
        var seen = new Seen(Encoding.UTF8.GetBytes(body), ContentKind.Multipart, boundary: "b", whole: whole);
        Assert.Contains(seen.With(Token), v => v.Chain.Depth > 0);
        Assert.Empty(seen.Misses);
    }

    [Fact]
    public void Text_beside_deeply_nested_noise_is_not_too_deep()
    {
        const string Noise = "\u0080 a sentence of plain words \u0080\u0080\u0080\u0080%5cu0026#37;5cn\u0080\u0080\u0080";
        Assert.Empty(new Seen(Encoding.Latin1.GetBytes(Noise), whole: false).Misses);
    }

    [Theory]
    [InlineData("some words and %5cu0026#37;5cu0041KIAZ7QWERTYUIOPLKJH")]
    [InlineData("%5cu0026#37;5cu0041KIAZ7QWERTYUIOPLKJH")]
    [InlineData("\u0080\u0080 KIAZ7QWERTYUIOP%5cu0026#37;5cx41\u0080\u0080")]
    public void Text_that_only_the_step_beyond_the_bound_shows_is_too_deep(string text) =>
        Assert.Equal([Shortfall.TooDeep], new Seen(Encoding.Latin1.GetBytes(text), whole: false).Misses.Select(m => m.Why));

    [Fact]
    public void Noise_of_any_length_is_not_too_deep()
    {
        var noise = new byte[WindowBytes];
        var builder = new ViewBuilder(new ViewLimits());
        var visitor = new Misses();
        var random = new Random(4);
        for (var window = 0; window < 64 * 1024 * 1024 / WindowBytes; window++)
        {
            random.NextBytes(noise);
            builder.Walk(new ViewSource { Bytes = noise, Content = ContentKind.Text, Part = PartKind.Body }, ref visitor);
        }

        Assert.Equal(0, visitor.Count);
    }

    [Theory]
    [InlineData("AKIAZ7QWE\nRTYUIOPLKJH")]
    [InlineData("AKIAZ7QWE\r\nRTYUIOPLKJH")]
    [InlineData("the key is AKIAZ7QWE\nRTYUIOPLKJH, keep it")]
    [InlineData("AKIAZ\n7QWER\nTYUIO\nPLKJH")]
    [InlineData("AKIAZ7\nQWERTY\nUIOPLK\nJH")]
    [InlineData("filler\nAKIAZ7QWE\nRTYUIOPLKJH\nfiller")]
    [InlineData("key=AKIA.Z7QWE\nRTYUI.OPLKJH")]
    [InlineData("\u00E9 AKIAZ7QWE\nRTYUIOPLKJH \u00E9")]
    public void A_line_break_does_not_cut_a_token(string text)
    {
        foreach (var seen in (ReadOnlySpan<Seen>)[Seen.Text(text), Seen.Json("{\"memo\":" + System.Text.Json.JsonSerializer.Serialize(text) + "}"), Seen.Text(Coat.Base64(text))])
        {
            var view = seen.With(Token).First();
            Assert.Contains(Token, view.Text.Split('\n', ',').ToArray());
            Assert.Contains('\n', Seen.Text(text).Origin(Seen.Text(text).With(Token).First(), Token));
            Assert.Empty(seen.Misses);
        }
    }

    [Theory]
    [InlineData("some ordinary words\nover several lines\nof plain prose")]
    [InlineData("4111111111\n1111115105\n1051051051")]
    [InlineData("two paragraphs-apart\n\nstay-apart-as-well")]
    [InlineData("one-long-list-entry\n  indented-list-entry")]
    public void Lines_that_are_no_cut_token_stay_apart(string text) => Assert.DoesNotContain(Seen.Text(text).Views, v => v.Chain.ToString() == "raw>compact");

    [Fact]
    public void The_leaves_of_a_container_are_not_lines_of_one_token() =>
        Assert.DoesNotContain(Seen.Json("""{"first-long-key":{"second-long-key":true}}""").Views, v => v.Text.Contains("first-long-keysecond", StringComparison.Ordinal));

    [Fact]
    public void A_character_that_folds_does_not_keep_the_fields_of_a_container_apart() =>
        Assert.True(Seen.Json("""{"id":"x1","a":"AKIAZ7QWER","b":"TYUIOPLKJH","n":"caf\u00e9"}""").Shows("\n" + Token + "\n"));

    [Theory]
    [InlineData(ContentKind.Json, "{\"memo\":\"HERE\"}")]
    [InlineData(ContentKind.Form, "memo=HERE")]
    [InlineData(ContentKind.Multipart, "--b\r\nContent-Disposition: form-data; name=\"memo\"\r\n\r\nHERE\r\n--b--")]
    public void A_window_names_no_place_inside_its_body(ContentKind content, string window)
    {
        var offset = window.IndexOf("HERE", StringComparison.Ordinal);
        var bytes = Encoding.UTF8.GetBytes(window);
        Assert.Equal("", new Seen(bytes, content, boundary: "b", whole: false).Describe(offset));
        Assert.Contains("memo", new Seen(bytes, content, boundary: "b").Describe(offset), StringComparison.Ordinal);
    }

    private struct Misses : IViewVisitor
    {
        public int Count { get; private set; }

        public readonly void Visit(scoped in View view)
        {
            // Only what could not be viewed counts here.
        }

        public void Miss(Shortfall shortfall, int sourceOffset) => Count++;
    }
}
