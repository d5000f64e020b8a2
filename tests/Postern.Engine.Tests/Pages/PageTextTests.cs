using System.Text;
using Postern.Engine.Pages;

namespace Postern.Engine.Tests.Pages;

public sealed class PageTextTests
{
    [Theory]
    [InlineData("<p>one\n  two</p><p>three</p>", "one two\n\nthree")]
    [InlineData("<h1>Head</h1>text<h3>Sub</h3>", "# Head\n\ntext\n\n### Sub")]
    [InlineData("<ul><li>a<li>b</ul>after", "- a\n- b\n\nafter")]
    [InlineData("<table><tr><th>k<th>v</tr><tr><td>a</td><td>1</td></tr></table>", "k v\na | 1 |")]
    [InlineData("see <a href=\"/x?a=1&amp;b=2\">this</a>.", "see this (http://site.test/x?a=1&b=2).")]
    [InlineData("<a href='javascript:alert(1)'>no</a> <a href=#top>top</a> <a href=/e></a>", "no top")]
    [InlineData("a&lt;b&gt; &amp;amp; &#x41;&#66; &eacute;&nbsp;", "a<b> &amp; AB é\u00A0")]
    [InlineData("<b>bo</b>ld <i>it</i>", "bold it")]
    [InlineData("line<br>next<br/>last", "line\nnext\nlast")]
    [InlineData("<pre>a\n  b &lt;</pre>", "a\n  b <")]
    [InlineData("1 < 2 and 3 > 2", "1 < 2 and 3 > 2")]
    [InlineData("<textarea><b>raw</b></textarea>", "raw")]
    public void Lays_out_what_is_seen(string html, string text) =>
        Assert.Equal(text, Read(html, new Uri("http://site.test/dir/page")).Text);

    [Theory]
    [InlineData("<script>x</script>")]
    [InlineData("<script>if (a</b) x = '</p>'</script>")]
    [InlineData("<style>p{}</style>")]
    [InlineData("<noscript><p>x</p></noscript>")]
    [InlineData("<template><p>x</p></template>")]
    [InlineData("<!-- x > y -->")]
    [InlineData("<!doctype html><?php x ?>")]
    [InlineData("<svg><text>x</text></svg>")]
    [InlineData("<div hidden>x<div>y</div>z</div>")]
    [InlineData("<div aria-hidden=true>x</div>")]
    [InlineData("<span style='color:red; display : none'>x</span>")]
    [InlineData("<p style=\"VISIBILITY:hidden\">x</p>")]
    [InlineData("<p hidden>x")]
    [InlineData("<img alt='a > b'>")]
    public void Leaves_out_what_is_not_seen(string html) => Assert.Equal("before", Read("before" + html, null).Text);

    [Theory]
    [InlineData("<p style=opacity:0.5>x</p>")]
    [InlineData("<p class=overflow-hidden>x</p>")]
    [InlineData("<p hidden>gone<p>x</p>")]
    [InlineData("<div data-hidden=1>x</div>")]
    public void Keeps_what_only_looks_hidden(string html) => Assert.Contains("x", Read(html, null).Text, StringComparison.Ordinal);

    [Theory]
    [InlineData("<title> A &amp; B\n</title>x", "A & B", "x")]
    [InlineData("<title>A</title><title>B</title>x", "A", "x")]
    [InlineData("<title>never ends", "never ends", "")]
    public void Keeps_the_first_title_apart(string html, string title, string text) =>
        Assert.Equal((title, text), Read(html, null));

    [Theory]
    [InlineData("<")]
    [InlineData("<a")]
    [InlineData("<a href")]
    [InlineData("<a href='x")]
    [InlineData("</")]
    [InlineData("</a")]
    [InlineData("<!--")]
    [InlineData("<script>")]
    [InlineData("<p =\"=\">")]
    public void Ends_on_a_page_that_is_cut_anywhere(string html)
    {
        var page = "<h1>t</h1>" + html;
        for (var length = 0; length <= page.Length; length++)
        {
            Assert.DoesNotContain("script", Read(page[..length], null).Text, StringComparison.Ordinal);
        }
    }

    private static (string Title, string Text) Read(string html, Uri? address) => PageText.Of(Encoding.UTF8.GetBytes(html), address);
}
