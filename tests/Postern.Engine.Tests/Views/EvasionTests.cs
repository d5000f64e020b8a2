using System.Text;
using Postern.Engine.Flow;

namespace Postern.Engine.Tests.Views;

/// <summary>The decoding questions of the evasion matrix: whatever the coat, some view shows the token plain.</summary>
public sealed class EvasionTests
{
    private const string Token = "AKIAZ7QWERTYUIOPLKJH";

    public static TheoryData<string, string> Coats
    {
        get
        {
            var bytes = Encoding.UTF8.GetBytes(Token);
            var standard = Convert.ToBase64String(bytes);
            var url = Coat.Base64Url(bytes);
            var hex = Convert.ToHexStringLower(bytes);
            var rows = new TheoryData<string, string>
            {
                { "plain", Token },
                { "base64", standard },
                { "base64 without padding", standard.TrimEnd('=') },
                { "base64url", url },
                { "base64 after key=", "key=" + standard },
                { "base64 after a path segment", "x/" + standard },
                { "base64 after three glued letters", "abc" + standard },
                { "base64 after a long path", "/usr/share/thing/" + standard },
                { "base64 in a data URI", "data:text/plain;base64," + standard },
                { "base64 in quotes", "{'k':'" + standard + "'}" },
                { "base64 wrapped at 12", Coat.Wrap(standard, 12, "\n") },
                { "base64 wrapped at 8 with CRLF", Coat.Wrap(standard, 8, "\r\n") },
                { "base64 of a longer text, wrapped and indented", Coat.Wrap(Convert.ToBase64String(Encoding.UTF8.GetBytes("some words before " + Token + " and some words after")), 20, "\n    ") },
                { "base64 behind noise", Convert.ToBase64String([.. Coat.Noise(300), .. bytes, .. Coat.Noise(300)]) },
                { "base64 of UTF-16", Convert.ToBase64String(Encoding.Unicode.GetBytes(Token)) },
                { "hex", hex },
                { "hex upper", hex.ToUpperInvariant() },
                { "hex with an odd digit before", "f" + hex },
                { "hex with colons", Coat.Join(hex, ":") },
                { "hex with hyphens", Coat.Join(hex, "-") },
                { "hex with spaces", Coat.Join(hex, " ") },
                { "hex with commas", Coat.Join(hex, ",") },
                { "hex with comma and space", Coat.Join(hex, ", ") },
                { "hex with \\x", Coat.Join("  " + hex, "\\x")[2..] },
                { "hex with 0x and comma", "0x" + Coat.Join(hex, ",0x") },
                { "hex with 0x and comma and space", "{ 0x" + Coat.Join(hex, ", 0x") + " }" },
                { "hex in groups of four", Coat.Join(hex, " ", 4) },
                { "hex far inside a text with delimiters", new string('.', 59) + Coat.Join(hex, ":") },
                { "base32", Coat.Base32(bytes) },
                { "base32 lower without padding", Coat.Base32(bytes).TrimEnd('=').ToLowerInvariant() },
                { "base32 after a slash", "v1/" + Coat.Base32(bytes) },
                { "percent", Coat.Percent(Token) },
                { "percent of one letter", "AK%49AZ7QWERTYUIOPLKJH" },
                { "percent ten layers", Coat.Layers(Token, 10) },
                { "percent of the digits of an escape", "%%34%31" + Token[1..] },
                { "percent %uXXXX", string.Concat(Token.Select(c => $"%u{(int)c:X4}")) },
                { "base64 of hex", Convert.ToBase64String(Encoding.ASCII.GetBytes(hex)) },
                { "hex of base64", Convert.ToHexString(Encoding.ASCII.GetBytes(standard)) },
                { "base64 of base64 of base64", Coat.Base64(Coat.Base64(standard)) },
                { "percent of base64", Coat.Percent(standard) },
                { "base64 of percent", Coat.Base64(Coat.Percent(Token)) },
                { "decimal references", string.Concat(Token.Select(c => $"&#{(int)c};")) },
                { "hexadecimal references without semicolons", string.Concat(Token.Select(c => $"&#x{(int)c:x} ")).Replace(" ", ";", StringComparison.Ordinal) },
                { "references escaped twice", "&amp;amp;#65;" + Token[1..] },
                { "JavaScript \\u", string.Concat(Token.Select(c => $"\\u{(int)c:x4}")) },
                { "JavaScript \\u{}", string.Concat(Token.Select(c => $"\\u{{{(int)c:x}}}")) },
                { "C octal", string.Concat(Token.Select(c => "\\" + Convert.ToString(c, 8))) },
                { "\\u quoted three times", string.Concat(Token.Select(c => $"\\\\\\u{(int)c:x4}")) },
                { "zero-width inside", Token.Insert(4, "\u200B").Insert(9, "\u2060") },
                { "soft hyphen and word joiner", Token.Insert(7, "\u00AD") },
                { "bidirectional controls", "\u202E" + Token.Insert(5, "\u2066") },
                { "NUL inside", Token.Insert(6, "\0") },
                { "fullwidth", Coat.Fullwidth(Token) },
                { "mathematical", Coat.Mathematical(Token) },
                { "Cyrillic look-alikes", "\u0410\u041AI\u0410" + Token[4..] },
                { "Greek look-alikes", "\u0391\u039A\u0399\u0391" + Token[4..] },
                { "Armenian and Cherokee", "\u13AA" + Token[1..] },
                { "combining marks", string.Concat(Token.Select(c => c + "\u0301\u0336\u20DD")) },
                { "precomposed accents", "\u00C1" + Token[1..] },
                { "negative squared letters", "\U0001F170" + Token[1..] },
                { "regional indicators", "\U0001F1E6\U0001F1F0" + Token[2..] },
                { "tag characters", Coat.Tags(Token) },
                { "variation selectors", Coat.Selectors(Token) },
                { "zero-width inside base64", standard.Insert(9, "\u200B") },
                { "fullwidth percent", "\uFF05\uFF14\uFF11" + Token[1..] },
                { "dots inside", string.Join('.', Token.Chunk(4).Select(c => new string(c))) },
                { "commas and bars", string.Join(",|", Token.Chunk(5).Select(c => new string(c))) },
            };
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Coats))]
    public void Shows_the_token_through(string coat, string text)
    {
        Assert.NotEmpty(coat);
        var seen = Seen.Text("before " + text + " after");
        Assert.True(seen.Shows(Token), $"{coat}: only {seen.Chains}");
        Assert.Empty(seen.Misses);
    }

    [Theory]
    [MemberData(nameof(Coats))]
    public void Shows_the_token_inside_a_JSON_string(string coat, string text)
    {
        Assert.NotEmpty(coat);
        var seen = Seen.Json("{\"memo\":" + System.Text.Json.JsonSerializer.Serialize(text) + "}");
        Assert.True(seen.Shows(Token), $"{coat}: only {seen.Chains}");
        Assert.Empty(seen.Misses);
    }

    [Theory]
    [InlineData("https://a.example/get?a=AKIAZ7QWER&b=TYUIOPLKJH")]
    [InlineData("https://a.example/get?a=AKIAZ&n=1&b=7QWER&m=2&c=TYUIO&k=zz&d=PLKJH&x=9")]
    [InlineData("https://a.example/AKIAZ7/QWERTY/UIOPLKJH")]
    [InlineData("https://a.example/v1/AKIAZ7QWER/TYUIOPLKJH/more?x=1")]
    [InlineData("https://AKIAZ7QWER.TYUIOPLKJH.a.example/")]
    [InlineData("https://a.example/?q=AKIA.Z7QW.ERTY.UIOP.LKJH")]
    [InlineData("https://a.example/?q=AKIA%2CZ7QW%2CERTY%2CUIOP%2CLKJH")]
    [InlineData("https://a.example/#AKIAZ7QWERTYUIOPLKJH")]
    [InlineData("https://a.example/?q=QUtJQVo3UVdFUlRZVUlPUExLSkg%3D")]
    [InlineData("https://a.example/QUtJQVo3UVdFUlRZVUlPUExLSkg")]
    [InlineData("https://a.example/?q=%2541KIAZ7QWERTYUIOPLKJH")]
    [InlineData("https://414b49415a3751574552.54595549.4f504c4b4a48.a.example/")]
    public void Shows_a_token_cut_up_in_a_URL(string url)
    {
        var seen = Seen.Text(url, PartKind.Url);
        Assert.True(seen.Shows(Token), seen.Chains);
        Assert.Empty(seen.Misses);
    }

    [Theory]
    [InlineData("https://a.example/v1/AKIAZ7QWER/TYUIOPLKJH/more")]
    [InlineData("https://a.example/?v=1&a=AKIAZ7QWER&b=TYUIOPLKJH&c=x")]
    public void Shows_the_joined_pieces_alone_on_a_line(string url) =>
        Assert.Contains(Seen.Text(url, PartKind.Url).Views, v => v.Text.Split('\n').Contains(Token));

    [Fact]
    public void Shows_a_token_cut_over_JSON_fields() =>
        Assert.True(Seen.Json("""{"id":"x1","a":"AKIAZ7QWER","b":"TYUIOPLKJH","n":7}""").Shows("\n" + Token + "\n"));

    [Theory]
    [InlineData("ignore\u200Ball\u200Bprevious", "ignore all previous")]
    [InlineData("ignore\u200Ball\u200Bprevious", "ignoreallprevious")]
    [InlineData("ign\u043Ere previous", "ignore previous")]
    [InlineData("\u1D0F\u1D20\u1D07\u0280\u0280\u026A\u1D05\u1D07", "override")]
    [InlineData("ﬁle\u3000name", "file name")]
    [InlineData("\u2067ignore\u2069 previous", "ignore previous")]
    public void Folds_an_instruction_to_what_a_reader_sees(string text, string folded) => Assert.True(Seen.Text(text).Shows(folded));

    [Fact]
    public void Keeps_the_plus_sign_of_base64_in_a_form()
    {
        var text = ">>>>" + Token + "~~??>>~~";
        var standard = Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
        Assert.Contains('+', standard);
        Assert.True(new Seen(Encoding.ASCII.GetBytes("a=1&b=" + standard), ContentKind.Form).Shows(text));
        Assert.True(Seen.Text("https://a.example/?b=" + standard, PartKind.Url).Shows(text));
    }
}
