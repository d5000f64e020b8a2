using System.Text;
using Postern.Engine.Media;

namespace Postern.Engine.Tests.Media;

public sealed class MediaHeadTests
{
    private const string Png = "\u0089PNG\r\n\u001a\n\0\0\0\rIHDR";
    private const string Gif = "GIF89a\u0001\0\u0001\0";
    private const string Zip = "PK\u0003\u0004\u0014\0\0\0";

    /// <summary>Label, first bytes in Latin-1, and whether the body is excused from being read.</summary>
    [Theory]
    [InlineData("image/png", Png, true)]
    [InlineData("IMAGE/JPEG; q=1", Png, true)]
    [InlineData("image/gif", Gif, true)]
    [InlineData("audio/mpeg", "ID3\u0004\0\0", true)]
    [InlineData("video/mp4", "\0\0\0 ftypisom\0\0", true)]
    [InlineData("font/woff2", "wOF2\0\u0001", true)]
    [InlineData("application/pdf", "%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n", true)]
    [InlineData("application/zip", Zip, true)]
    [InlineData("application/gzip", "\u001f\u008b\u0008\0\0", true)]
    [InlineData("application/octet-stream", Zip, true)]
    [InlineData("application/octet-stream", "\u007fELF\u0002\u0001\u0001\0", true)]
    [InlineData("audio/mpeg", Png, false)]
    [InlineData("application/pdf", Zip, false)]
    [InlineData("application/gzip", Zip, false)]
    [InlineData("video/mp4", Gif, false)]
    [InlineData("font/woff", Png, false)]
    [InlineData("application/zip", "\u001f\u008b\u0008\0\0", false)]
    [InlineData("audio/mpeg", "ID3 is what this text begins with", false)]
    [InlineData("image/gif", "GIF8 ways to read a text", false)]
    [InlineData("application/pdf", "%PDF-1.7 caf\u00c3\u00a9", false)]
    [InlineData("application/octet-stream", "BZh is how it begins", false)]
    [InlineData("application/octet-stream", "MZ and nothing else", false)]
    [InlineData("application/octet-stream", "\0\u0001\u0002\u0003 no known format", false)]
    [InlineData("application/octet-stream", "plain", false)]
    [InlineData("application/x-tar", "ustar\0", false)]
    [InlineData("text/plain", Png, false)]
    [InlineData("image/png", "", false)]
    public void Only_what_begins_like_its_label_and_is_no_text_passes_unread(string label, string latin1, bool expected) =>
        Assert.Equal(expected, IsOpaque(label.Split(';')[0], Encoding.Latin1.GetBytes(latin1)));

    [Theory]
    [InlineData(500, true)]
    [InlineData(600, false)]
    public void A_zero_byte_far_behind_the_magic_excuses_nothing(int at, bool expected)
    {
        var start = new byte[700];
        start.AsSpan().Fill((byte)'x');
        "GIF89a"u8.CopyTo(start);
        start[at] = 0;

        Assert.Equal(expected, IsOpaque("image/gif", start));
    }

    [Fact]
    public void A_character_that_the_512_bytes_cut_through_is_no_fault()
    {
        var start = Encoding.UTF8.GetBytes("GIF89a" + new string('\u00e9', 400));

        Assert.False(IsOpaque("image/gif", start));
        Assert.False(IsOpaque("image/gif", start.AsSpan(0, 33)));
    }

    private static bool IsOpaque(string type, ReadOnlySpan<byte> start) => MediaHead.Of(type, start) is { IsOpaque: true };
}
