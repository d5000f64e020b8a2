using System.Text;

namespace Postern.Engine.Tests.Media;

/// <summary>Metadata goes, pixels stay as they were, byte for byte.</summary>
public sealed class StripTests
{
    private static readonly byte[] s_orientation6 = Images.Segment(0xE1, [.. "Exif\0\0MM\0*\0\0\0\u0008\0\u0001\u0001\u0012\0\u0003\0\0\0\u0001"u8, 0, 6, 0, 0, 0, 0, 0, 0]);

    private static readonly Dictionary<string, (string Type, byte[] Image, byte[] Left)> s_cases = new()
    {
        ["png text"] = ("image/png", Images.Png(Images.Chunk("tEXt", Bytes("Comment\0hello"))), Images.Png()),
        ["png international text"] = ("image/png", Images.Png(Images.Chunk("iTXt", Bytes("XML:com.adobe.xmp\0\0\0\0\0<x/>"))), Images.Png()),
        ["png exif, time and a private chunk"] = ("image/png", Images.Png(Images.Chunk("eXIf", Bytes("MM")), Images.Chunk("tIME", new byte[7]), Images.Chunk("prVt", Bytes("x"))), Images.Png()),
        ["png colours stay"] = ("image/png", Images.Png(Images.Chunk("gAMA", new byte[4]), Images.Chunk("tRNS", new byte[6])), Images.Png(Images.Chunk("gAMA", new byte[4]), Images.Chunk("tRNS", new byte[6]))),
        ["png trailing"] = ("image/png", [.. Images.Png(), .. Bytes("and so on")], Images.Png()),
        ["jpeg exif"] = ("image/jpeg", Images.Jpeg(Images.Segment(0xE1, Images.Exif(true, 1, "maker"))), Images.Jpeg()),
        ["jpeg exif says which way up"] = ("image/jpeg", Images.Jpeg(Images.Segment(0xE1, Images.Exif(true, 6, "maker"))), Images.Jpeg(s_orientation6)),
        ["jpeg little-endian exif says which way up"] = ("image/jpeg", Images.Jpeg(Images.Segment(0xE1, Images.Exif(false, 6, "maker"))), Images.Jpeg(s_orientation6)),
        ["jpeg xmp, iptc, comment"] = ("image/jpeg", Images.Jpeg(Images.Segment(0xE1, "http://ns.adobe.com/xap/1.0/\0<x/>"), Images.Segment(0xED, "Photoshop 3.0\0"), Images.Segment(0xFE, "by me")), Images.Jpeg()),
        ["jpeg profile and adobe stay"] = ("image/jpeg", Images.Jpeg(Images.Segment(0xE2, "ICC_PROFILE\0\u0001\u0001x"), Images.Segment(0xEE, "Adobe\0d\0\0\0\0\0")), Images.Jpeg(Images.Segment(0xE2, "ICC_PROFILE\0\u0001\u0001x"), Images.Segment(0xEE, "Adobe\0d\0\0\0\0\0"))),
        ["jpeg second picture behind the end"] = ("image/jpeg", [.. Images.Jpeg(Images.Segment(0xE2, "MPF\0II*\0")), .. Images.Jpeg()], Images.Jpeg()),
        ["jpeg under a label of png"] = ("image/png", Images.Jpeg(Images.Segment(0xFE, "by me")), Images.Jpeg()),
        ["gif comment"] = ("image/gif", Images.Gif(Images.GifLoop, Images.GifComment("by me")), Images.Gif(Images.GifLoop)),
        ["gif xmp"] = ("image/gif", Images.Gif([0x21, 0xFF, 11, .. "XMP DataXMP"u8, 4, .. "<x/>"u8, 0]), Images.Gif()),
        ["gif trailing"] = ("image/gif", [.. Images.Gif(), 0, 0], Images.Gif()),
        ["webp exif and xmp"] = ("image/webp", Images.Webp(0x1C, Images.RiffChunk("EXIF", Bytes("MM*")), Images.RiffChunk("XMP ", Bytes("<x/>"))), Images.Webp(0x10)),
        ["webp trailing"] = ("application/octet-stream", [.. Images.Webp(0), .. Bytes("tail")], Images.Webp(0)),
    };

    public static TheoryData<string> Cases => [.. s_cases.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Cuts_out_what_is_no_picture_and_nothing_else(string name)
    {
        var (type, image, left) = s_cases[name];
        var world = new MediaWorld();

        var (body, headers, rules) = await world.PassAsync(type, image);

        Assert.Equal(left, body);
        Assert.Equal(image.Length == left.Length, headers.Contains("ETag"));
        Assert.Equal(image.Length != left.Length, rules.Contains("media.metadata"));
        Assert.Contains("Cache-Control", headers);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Leaves_it_when_the_policy_says_so(string name)
    {
        var (type, image, _) = s_cases[name];

        Assert.Equal(image, (await new MediaWorld("media_policy:\n  strip_image_metadata: false").PassAsync(type, image)).Body);
        Assert.Equal(image, (await new MediaWorld("media_policy:\n  enabled: false").PassAsync(type, image)).Body);
        Assert.Equal(image, (await new MediaWorld("enforce: false").PassAsync(type, image)).Body);
    }

    /// <summary>A cut file never passes for a whole one: whatever is left out at the end, something is missing that a reader needs.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Refuses_an_image_that_stops_before_its_end(string name)
    {
        var (type, _, left) = s_cases[name];
        for (var length = 32; length < left.Length; length += 3)
        {
            var (body, _, rules) = await new MediaWorld().PassAsync(type, left[..length]);
            Assert.True(body is null || rules.Contains("media.mislabelled"), $"{length} of {left.Length}: {string.Join(' ', rules)}");
        }
    }

    public static TheoryData<string, byte[]> Hostile => new()
    {
        { "image/png", Images.Png(Images.Chunk("tEXt", Bytes("Comment\0" + Images.Hostile))) },
        { "image/png", Images.Png(Images.Chunk("zTXt", [.. Bytes("Comment\0\0"), .. Images.Deflated(Images.Hostile)])) },
        { "image/png", Images.Png(Images.Chunk("iTXt", [.. Bytes("Comment\0"), 1, 0, .. Bytes("en\0Kommentar\0"), .. Images.Deflated(Images.Hostile)])) },
        { "image/png", [.. Images.Png(), .. Bytes(Images.Hostile)] },
        { "image/jpeg", Images.Jpeg(Images.Segment(0xFE, Images.Hostile)) },
        { "image/jpeg", Images.Jpeg(Images.Segment(0xE1, Images.Exif(true, 6, Images.Hostile))) },
        { "image/gif", Images.Gif(Images.GifComment(Images.Hostile)) },
        { "image/webp", Images.Webp(4, Images.RiffChunk("XMP ", Bytes($"<x>{Images.Hostile}</x>"))) },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task Reads_metadata_as_text(string type, byte[] image)
    {
        var world = new MediaWorld();
        var (body, _, rules) = await world.PassAsync(type, image);
        var (kept, _, found) = await new MediaWorld("media_policy:\n  strip_image_metadata: false").PassAsync(type, image);

        Assert.NotNull(body);
        Assert.DoesNotContain("previous instructions", Encoding.Latin1.GetString(body), StringComparison.Ordinal);
        Assert.Contains(rules, static rule => rule.StartsWith("injection.", StringComparison.Ordinal));
        Assert.Contains("body.metadata", world.Evidence, StringComparison.Ordinal);
        Assert.Null(kept);
        Assert.Contains(found, static rule => rule.StartsWith("injection.", StringComparison.Ordinal));
    }

    private static byte[] Bytes(string latin1) => Encoding.Latin1.GetBytes(latin1);
}
