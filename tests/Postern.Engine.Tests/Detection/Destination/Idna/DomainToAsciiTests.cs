using System.Text;
using Postern.Engine.Detection.Destination;

namespace Postern.Engine.Tests.Detection.Destination.Idna;

public sealed class DomainToAsciiTests
{
    [Theory]
    [InlineData("bücher.example", "xn--bcher-kva.example")]
    [InlineData("BÜCHER.example", "xn--bcher-kva.example")]
    [InlineData("bu\u0308cher.example", "xn--bcher-kva.example")]
    [InlineData("straße.de", "xn--strae-oqa.de")]
    [InlineData("faß.de", "xn--fa-hia.de")]
    [InlineData("βόλος.com", "xn--nxasmm1c.com")]
    [InlineData("ＧＯＯＧＬＥ.com", "google.com")]
    [InlineData("goo\u00ADgle.com", "google.com")]
    [InlineData("goo\u200Bgle.com", "google.com")]
    [InlineData("google。com", "google.com")]
    [InlineData("google．com", "google.com")]
    [InlineData("google｡com", "google.com")]
    [InlineData("ⅷ.example", "viii.example")]
    [InlineData("ﬁle.example", "file.example")]
    [InlineData("日本語.jp", "xn--wgv71a119e.jp")]
    [InlineData("例え.テスト", "xn--r8jz45g.xn--zckzah")]
    [InlineData("пример.рф", "xn--e1afmkfd.xn--p1ai")]
    [InlineData("한국.kr", "xn--3e0b707e.kr")]
    [InlineData("\u1112\u1161\u11AB\u1100\u116E\u11A8.kr", "xn--3e0b707e.kr")]
    [InlineData("אבג.ee", "xn--4dbcd.ee")]
    [InlineData("☃.net", "xn--n3h.net")]
    [InlineData("XN--BCHER-KVA.example", "xn--bcher-kva.example")]
    [InlineData("b%C3%BCcher.example.", "xn--bcher-kva.example")]
    [InlineData("ｘn--bcher-kva.example", "xn--bcher-kva.example")]
    public void Maps_as_uts46_does(string raw, string ascii)
    {
        Assert.Equal((HostKind.Name, ascii), CanonicalHostTests.Read(raw));
        Assert.Equal((HostKind.Name, ascii), CanonicalHostTests.Read(ascii));
    }

    [Theory]
    [InlineData("a\u200Db.example")] // joiner without a virama
    [InlineData("a\u200Cb.example")]
    [InlineData("\u0301a.example")] // begins with a mark
    [InlineData("xn--.example")]
    [InlineData("xn--a.example")] // decodes to nothing valid
    [InlineData("xn--abc-.example")] // decodes to plain ASCII
    [InlineData("xn--99999999999.example")] // overflow
    [InlineData("xn--bcher-kvA\u00FC.example")] // not ASCII
    [InlineData("xn--fa-hia-.de")]
    [InlineData("xn--cher-fna.example")] // decodes to a capital letter, which is mapped
    [InlineData("a\u2260b\u0338\uFFFDc.example")] // replacement character
    [InlineData("\uE000.example")] // private use
    [InlineData("\u0378.example")] // unassigned
    [InlineData("a\u2FF0.example")]
    [InlineData("א1a.example")] // bidi: ends left to right
    [InlineData("1א.example")] // bidi: begins with a digit
    [InlineData("אa.example")]
    [InlineData("א1\u0661.example")] // bidi: two kinds of digits
    [InlineData("％41.example")] // fullwidth percent becomes a percent sign
    [InlineData("a／b.example")] // fullwidth slash
    [InlineData("a＠b.example")]
    [InlineData("a：80.example")]
    [InlineData("℀.example")] // a/c
    [InlineData("\u00AD")] // nothing is left
    [InlineData("a.\u00AD.example")]
    public void Refuses(string raw) => Assert.False(CanonicalHost.TryParse(Encoding.UTF8.GetBytes(raw), out _, out _));

    [Fact]
    public void Keeps_a_joiner_after_a_virama()
    {
        var with = CanonicalHostTests.Read("क्\u200Dष.example").Text;
        Assert.Equal(with, CanonicalHostTests.Read(with).Text);
        Assert.NotEqual(with, CanonicalHostTests.Read("क्ष.example").Text);
    }

    [Fact]
    public void Keeps_a_zero_width_non_joiner_between_joining_letters()
    {
        var with = CanonicalHostTests.Read("نامه\u200Cای.com").Text;
        Assert.Equal("xn--mgba3gch31f060k.com", with);
        Assert.Equal(with, CanonicalHostTests.Read(with).Text);
    }

    [Fact]
    public void Encodes_what_it_decodes_for_random_names()
    {
        var random = new Random(46);
        for (var i = 0; i < 2_000; i++)
        {
            var label = new StringBuilder();
            for (var length = random.Next(1, 8); length > 0; length--)
            {
                label.Append((char)random.Next('一', '龠')); // ideographs are all valid and left to right
            }

            var ascii = CanonicalHostTests.Read($"{label}.example").Text;
            Assert.Equal(ascii, CanonicalHostTests.Read(ascii).Text);
        }
    }

    [Fact]
    public void A_flood_of_marks_stays_cheap()
    {
        var raw = "a" + string.Concat(Enumerable.Repeat("\u0316\u0301", 200)) + ".example";
        Assert.False(CanonicalHost.TryParse(Encoding.UTF8.GetBytes(raw), out _, out _));
    }
}
