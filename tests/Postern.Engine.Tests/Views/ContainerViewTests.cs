using System.Text;
using Postern.Engine.Flow;
using Postern.Engine.Views;

namespace Postern.Engine.Tests.Views;

/// <summary>Forms, multipart bodies and HTML.</summary>
public sealed class ContainerViewTests
{
    private const string Token = "AKIAZ7QWERTYUIOPLKJH";

    [Theory]
    [InlineData("a=1&b=x+y%2Bz", "a\n1\nb\nx y+z\n", false)]
    [InlineData("token", "token\n", false)]
    [InlineData("a=&=b&&c", "a\nb\nc\n", false)]
    [InlineData("a=1\r\n", "a\n1\r\n", false)]
    [InlineData("a=%zz", "a\n%zz\n", true)]
    [InlineData("a=%4", "a\n%4\n", true)]
    [InlineData("a=1\n&b=2", "a\n1\nb\n2\n", true)]
    public void Reads_a_form_in_document_order(string form, string expected, bool malformed)
    {
        var seen = new Seen(Encoding.UTF8.GetBytes(form), ContentKind.Form);
        Assert.Equal(expected, Assert.Single(seen.Of("raw>form")).Text);
        Assert.Equal(malformed ? [Shortfall.MalformedForm] : [], seen.Misses.Select(m => m.Why));
    }

    [Fact]
    public void Does_not_call_a_window_of_a_form_malformed() =>
        Assert.Empty(new Seen("41&b=%4"u8.ToArray(), ContentKind.Form, whole: false).Misses);

    [Theory]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\nplain AKIAZ7QWERTYUIOPLKJH\r\n--b--\r\n")]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"x\"; filename=\"AKIAZ7QWERTYUIOPLKJH\"\r\n\r\nv\r\n--b--")]
    [InlineData("--b\r\nContent-Disposition: form-data; name=\"AKIAZ7QWERTYUIOPLKJH\"\r\n\r\nv\r\n--b--")]
    [InlineData("--b\r\nX-Other: AKIAZ7QWERTYUIOPLKJH\r\n\r\nv\r\n--b--")]
    [InlineData("--b\r\nContent-Type: image/png\r\n\r\nAKIAZ7QWERTYUIOPLKJH\r\n--b--")]
    [InlineData("--b\r\nContent-Transfer-Encoding: BASE64\r\n\r\nQUtJ\r\nQVo3UVdF\r\nUlRZVUlPUExLSkg=\r\n--b--")]
    [InlineData("--b\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nAKIA=5A7QWER=\r\nTYUIO=50LKJH\r\n--b--")]
    [InlineData("--b\nContent-Type: text/plain\n\nAKIAZ7QWERTYUIOPLKJH\n--b--")]
    [InlineData("--b\r\n\r\nAKIAZ7QWERTYUIOPLKJH\r\n--b--")]
    [InlineData("AKIAZ7QWERTYUIOPLKJH\r\n--b\r\n\r\nv\r\n--b--")]
    [InlineData("--b\r\n\r\nv\r\n--b--\r\nAKIAZ7QWERTYUIOPLKJH")]
    [InlineData("--b\r\nContent-Disposition: form-data; filename*=UTF-8''%41KIAZ7QWERTYUIOPLKJH\r\n\r\nv\r\n--b--")]
    public void Shows_every_place_of_a_multipart_body(string body)
    {
        var seen = new Seen(Encoding.UTF8.GetBytes(body), ContentKind.Multipart, boundary: "b");
        Assert.Contains(seen.With(Token), v => v.Chain.Depth > 0);
        Assert.Empty(seen.Misses);
    }

    public static TheoryData<string, string> MalformedMultipart => new()
    {
        { "b", "no delimiter" },
        { "b", "--b\r\n\r\nnever closed" },
        { "", "--b\r\n\r\nv\r\n--b--" },
        { new string('b', 71), "--b\r\n\r\nv\r\n--b--" },
        { "b", "--b--" },
        { "b", "--b\r\nHeader: without a blank line\r\n--b--" },
        { "b", "--b\r\nContent-Disposition: form-data; filename=\"" + new string('f', 257) + "\"\r\n\r\nv\r\n--b--" },
        { "b", "--b\r\nX: " + new string('h', 16 * 1024) + "\r\n\r\nv\r\n--b--" },
        { "b", string.Concat(Enumerable.Repeat("--b\r\n\r\nv\r\n", 101)) + "--b--" },
    };

    [Theory]
    [MemberData(nameof(MalformedMultipart))]
    public void Reports_a_multipart_body_that_cannot_be_split(string boundary, string body)
    {
        var seen = new Seen(Encoding.UTF8.GetBytes(body + "\r\n" + Token), ContentKind.Multipart, boundary: boundary);
        Assert.Equal(Shortfall.MalformedMultipart, Assert.Single(seen.Misses).Why);
        Assert.True(seen.Shows(Token));
    }

    [Fact]
    public void Accepts_as_many_parts_as_the_bound()
    {
        var body = string.Concat(Enumerable.Repeat("--b\r\n\r\nv\r\n", 100)) + "--b--";
        Assert.Empty(new Seen(Encoding.UTF8.GetBytes(body), ContentKind.Multipart, boundary: "b").Misses);
    }

    [Fact]
    public void Reads_a_window_of_a_multipart_body() =>
        Assert.True(new Seen(Encoding.UTF8.GetBytes("41KIAZ\r\n--b\r\n\r\n%41KIAZ7QWERTYUIOPLKJH"), ContentKind.Multipart, boundary: "b", whole: false).Shows(Token));

    [Theory]
    [InlineData("<p>ig<b>no</b>re <i>all</i></p>", "ignore all", 0)]
    [InlineData("<p>one</p><p>two</p>", "one\ntwo", 0)]
    [InlineData("a &lt;b&gt; &#x26; c", "a <b> & c", 0)]
    [InlineData("1 < 2 and 3 > 2", "1 < 2 and 3 > 2", 0)]
    [InlineData("<a title='x > y'>text</a>", "text", 0)]
    [InlineData("<script>if (a<b) {}</script>after", "after", 0)]
    [InlineData("<p title=a\"b>seen</p>", "seen", 0)]
    [InlineData("<p class=\"overflow-hidden\">seen</p>", "seen", 0)]
    [InlineData("<p style=\"opacity:0.5\">seen</p>", "seen", 0)]
    [InlineData("<!-- remark -->x", "remark", 1)]
    [InlineData("<!-- never closed", "never closed", 1)]
    [InlineData("<img alt=\"a&#98;c\">x", "abc", 1)]
    [InlineData("<input value=plain>", "plain", 1)]
    [InlineData("<div style=\"display: none\">out <b>of</b> sight</div>x", "out of sight", 1)]
    [InlineData("<div STYLE='visibility:hidden'><div>inner</div>still</div>x", "still", 1)]
    [InlineData("<span hidden>gone</span>x", "gone", 1)]
    [InlineData("<span style=font-size:0px>tiny</span>x", "tiny", 1)]
    [InlineData("<template>inert</template>x", "inert", 1)]
    [InlineData("<a href=\"unclosed", "unclosed", 1)]
    [InlineData("</p odd=\"attribute of an end tag\">x", "attribute of an end tag", 1)]
    public void Tells_what_HTML_shows_from_what_it_hides(string html, string expected, int piece)
    {
        var views = new Seen(Encoding.UTF8.GetBytes("x " + html), ContentKind.Html).Of("raw>html").ToList();
        Assert.Contains(views, v => v.Text.Contains(expected, StringComparison.Ordinal));
        Assert.Equal(piece == 0, views[0].Text.Contains(expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("<p>visible</p>", "visible")]
    [InlineData("<div style=display:none>a</div>b", "b")]
    [InlineData("<div hidden><br>a</div>b", "b")]
    public void Goes_back_to_visible_after_a_hidden_element(string html, string visible) =>
        Assert.EndsWith(visible, new Seen(Encoding.UTF8.GetBytes(html), ContentKind.Html).Of("raw>html").First().Text.Trim(), StringComparison.Ordinal);

    [Fact]
    public void Does_not_read_opaque_media()
    {
        var seen = new Seen(Encoding.UTF8.GetBytes(Coat.Base64(Token)), ContentKind.Opaque);
        Assert.Equal("raw", seen.Chains);
    }

    [Theory]
    [InlineData("https://a.example/p/HERE?x=1", "path")]
    [InlineData("https://a.example/p?x=1&memo=HERE#f", "query \"memo\"")]
    [InlineData("https://a.example/p?HERE=1", "query name")]
    [InlineData("https://a.example/p#HERE", "fragment")]
    [InlineData("https://HERE.example/p", "host")]
    public void Names_the_place_in_a_URL(string url, string place) =>
        Assert.Equal(place, Seen.Text(url, PartKind.Url).Describe(url.IndexOf("HERE", StringComparison.Ordinal)));

    [Fact]
    public void Names_the_field_and_the_part()
    {
        Assert.Equal("field \"memo\"", new Seen("a=1&memo=HERE"u8.ToArray(), ContentKind.Form).Describe(10));
        var body = "--b\r\nContent-Disposition: form-data; name=\"doc\"; filename=\"f\"\r\n\r\nHERE\r\n--b--";
        var multipart = new Seen(Encoding.UTF8.GetBytes(body), ContentKind.Multipart, boundary: "b");
        Assert.Equal("part \"doc\"", multipart.Describe(body.IndexOf("HERE", StringComparison.Ordinal)));
        Assert.Equal("part header", multipart.Describe(20));
    }
}
