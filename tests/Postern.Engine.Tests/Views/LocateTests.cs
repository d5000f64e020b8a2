using System.Text;
using Postern.Engine.Flow;
using Postern.Engine.Views;

namespace Postern.Engine.Tests.Views;

/// <summary>What a view shows can be followed back to the bytes it came from.</summary>
public sealed class LocateTests
{
    private const string Token = "AKIAZ7QWERTYUIOPLKJH";

    [Theory]
    [MemberData(nameof(EvasionTests.Coats), MemberType = typeof(EvasionTests))]
    public void The_located_bytes_hold_the_token_by_themselves(string coat, string text)
    {
        var seen = Seen.Text("some words before it; " + text + " ;some words after it");
        foreach (var view in seen.With(Token))
        {
            var origin = seen.Origin(view, Token);
            Assert.True(Seen.Text(origin).Shows(Token), $"{coat}, {view.Chain}: {origin}");
            Assert.DoesNotContain("some words", coat.Contains("longer text", StringComparison.Ordinal) ? "" : origin, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("""{"a":"x","k":"before AKIA\u005a7QWERTYUIOPLKJH after"}""", "raw>json", @"AKIA\u005a7QWERTYUIOPLKJH")]
    [InlineData("""{"k":"QUtJQVo3UVdFUlRZVUlPUExLSkg="}""", "raw>json>base64", "QUtJQVo3UVdFUlRZVUlPUExLSkg")]
    [InlineData("""{"k":"x","l":"%41KIAZ7QWERTYUIOPLKJH"}""", "raw>json>percent", "%41KIAZ7QWERTYUIOPLKJH")]
    public void Follows_JSON_back_to_the_escaped_bytes(string json, string chain, string origin)
    {
        var seen = Seen.Json(json);
        Assert.Equal(origin, seen.Origin(seen.With(Token).First(v => v.Chain.ToString() == chain), Token));
    }

    [Theory]
    [InlineData(ContentKind.Form, "a=x&b=AKIA%5a7QWERTYUIOPLKJH&c=z", "AKIA%5a7QWERTYUIOPLKJH")]
    [InlineData(ContentKind.Html, "<p>AKIA<b>Z7&#81;WERTY</b>UIOPLKJH</p>", "AKIA<b>Z7&#81;WERTY</b>UIOPLKJH")]
    [InlineData(ContentKind.Multipart, "--b\r\nContent-Transfer-Encoding: base64\r\n\r\nQUtJQVo3\r\nUVdFUlRZVUlPUExLSkg=\r\n--b--", "QUtJQVo3\r\nUVdFUlRZVUlPUExLSkg")]
    [InlineData(ContentKind.Multipart, "--b\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nxAKIA=5A7QWER=\r\nTYUIOPLKJH\r\n--b--", "AKIA=5A7QWER=\r\nTYUIOPLKJH")]
    public void Follows_a_container_back(ContentKind content, string body, string origin)
    {
        var seen = new Seen(Encoding.UTF8.GetBytes(body), content, boundary: "b");
        Assert.Equal(origin, seen.Origin(seen.With(Token).First(v => v.Chain.Depth == 1), Token));
    }

    [Fact]
    public void Locates_every_random_nesting_of_encoders()
    {
        Func<string, string>[] encoders =
        [
            Coat.Base64, s => Coat.Base64Url(Encoding.UTF8.GetBytes(s)), s => Convert.ToHexString(Encoding.UTF8.GetBytes(s)), Coat.Percent,
            s => Coat.Base32(Encoding.UTF8.GetBytes(s)), s => string.Concat(s.Select(c => $"\\u{(int)c:x4}")), s => string.Concat(s.Select(c => $"&#{(int)c};")),
        ];
        for (uint seed = 1; seed <= 250; seed++)
        {
            var dice = Coat.Noise(8, seed * 7919);
            var text = "key " + Token + " end";
            for (var i = 0; i < 1 + (dice[0] % 3); i++)
            {
                text = encoders[dice[i + 1] % encoders.Length](text);
            }

            var seen = Seen.Text(new string(' ', dice[4] % 5) + "word " + text + " word");
            var view = seen.With(Token).FirstOrDefault();
            Assert.True(view is not null, $"seed {seed}: {text}");
            Assert.True(Seen.Text(seen.Origin(view, Token)).Shows(Token), $"seed {seed}: {view.Chain}");
        }
    }

    [Fact]
    public void Locates_the_later_encoders_inside_the_earlier_ones()
    {
        Func<string, string>[] inner =
        [
            s => Coat.Base58(Encoding.ASCII.GetBytes(s)), s => Coat.Base85(s, Coat.Ascii85), s => Coat.Base85(s, Coat.Z85), Coat.Reverse, Coat.Rot13,
            s => string.Join(", ", s.Select(c => (int)c)), s => string.Concat(s.Select(c => $"={(int)c:X2}")), s => Coat.Cut(s, "\" + \""), s => Coat.Cut(s, "<i></i>"),
        ];
        Func<string, string>[] outer =
        [
            s => s, Coat.Base64, s => Coat.Base64Url(Encoding.UTF8.GetBytes(s)), s => Convert.ToHexString(Encoding.UTF8.GetBytes(s)), Coat.Percent,
            s => Coat.Base32(Encoding.UTF8.GetBytes(s)), s => string.Concat(s.Select(c => $"\\u{(int)c:x4}")), s => string.Concat(s.Select(c => $"&#{(int)c};")),
        ];
        for (uint seed = 1; seed <= 300; seed++)
        {
            var dice = Coat.Noise(8, seed * 104_729);
            var text = outer[dice[0] % outer.Length](inner[dice[1] % inner.Length](Token));
            text = dice[2] % 2 == 0 ? text : outer[dice[3] % outer.Length](text);
            var seen = Seen.Text(new string(' ', dice[4] % 5) + "word " + text + " word");
            var view = seen.With(Token).FirstOrDefault();
            Assert.True(view is not null, $"seed {seed}: {text}");
            var origin = seen.Origin(view, Token);
            Assert.True(Seen.Text(origin).Shows(Token), $"seed {seed}: {view.Chain}: {origin}");
            Assert.DoesNotContain("word", origin, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("x HJKLPOIUYTREWQ7ZAIKA3 y", "raw>reversed", "HJKLPOIUYTREWQ7ZAIKA")]
    [InlineData("x 3NXVNM7DJREGLHVBCYXWU y", "raw>rot13", "NXVNM7DJREGLHVBCYXWU")]
    [InlineData("k = \"AKIAZ7QWER\" + \"TYUIOPLKJH\";", "raw>splice", "AKIAZ7QWER\" + \"TYUIOPLKJH")]
    [InlineData("33, 65, 75,73,65,90,55,81,87,69,82,84,89,85,73,79,80,76,75,74, 72, 33", "raw>decimal", "65, 75,73,65,90,55,81,87,69,82,84,89,85,73,79,80,76,75,74, 72")]
    [InlineData("AK=49=41Z7QWERTYUIOPLKJH", "raw>quoted-printable", "AK=49=41Z7QWERTYUIOPLKJH")]
    public void Follows_a_step_back_to_the_very_bytes(string text, string chain, string origin)
    {
        var seen = Seen.Text(text);
        Assert.Equal(origin, seen.Origin(seen.With(Token).First(v => v.Chain.ToString() == chain), Token));
    }

    [Fact]
    public void Keeps_the_range_of_the_raw_view()
    {
        var seen = Seen.Text("xx " + Token);
        Assert.Equal((3, Token.Length), seen.Locate(seen.Views[0], Token));
    }

    [Fact]
    public void Refuses_a_number_that_is_not_the_views()
    {
        var builder = new ViewBuilder(new ViewLimits());
        Assert.Throws<ArgumentException>(() => builder.Locate(new ViewSource { Bytes = "plain"u8 }, [new ViewPlace(9, 0, 1)], new ViewRange[1]));
    }

    [Fact]
    public void Finds_a_change_far_inside_a_long_text()
    {
        var filler = string.Concat(Enumerable.Repeat("lorem ipsum dolor sit amet ", 1000));
        var seen = Seen.Text(filler + "%41KIAZ7QWERTYUIOPLKJH " + filler + "AKIAZ7QWERTYUIOPLKJ%48 " + filler);
        var view = Assert.Single(seen.Of("raw>percent"));
        Assert.InRange(view.Bytes.Length, 1, 4000);
        Assert.Equal(2, view.Text.Split(Token).Length - 1);
        Assert.Equal("%41KIAZ7QWERTYUIOPLKJH", seen.Origin(view, Token));
    }
}
