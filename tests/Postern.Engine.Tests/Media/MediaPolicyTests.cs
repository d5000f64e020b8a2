using System.Text;
using Postern.Engine.Flow;

namespace Postern.Engine.Tests.Media;

/// <summary>What may pass, by kind, size and truthfulness.</summary>
public sealed class MediaPolicyTests
{
    private static readonly byte[] s_zipEnd = [(byte)'P', (byte)'K', 5, 6, .. new byte[18]];
    private static readonly byte[] s_zip = [(byte)'P', (byte)'K', 3, 4, 20, 0, 0, 0, .. new byte[40], .. s_zipEnd];
    private static readonly byte[] s_pdf = [.. "%PDF-1.7\n%"u8, 0xE2, 0xE3, 0xCF, 0xD3, (byte)'\n', .. new byte[64]];
    private static readonly byte[] s_mp4 = [0, 0, 0, 0x20, .. "ftypisom"u8, 0, 0, 2, 0, .. new byte[32]];
    private static readonly byte[] s_mp3 = [.. "ID3"u8, 4, 0, 0, 0, 0, 0, 0, .. new byte[32]];
    private static readonly byte[] s_elf = [0x7F, .. "ELF"u8, 2, 1, 1, 0, .. new byte[32]];
    private static readonly byte[] s_font = [.. "wOF2"u8, 0, 1, 0, 0, .. new byte[32]];

    private static readonly Dictionary<string, (string Type, byte[] Body, string Yaml, string? Rule)> s_cases = new()
    {
        ["sound"] = ("audio/mpeg", s_mp3, "", "media.refused"),
        ["film"] = ("video/mp4", s_mp4, "", "media.refused"),
        ["film under no label"] = ("application/octet-stream", s_mp4, "", "media.refused"),
        ["film that is allowed"] = ("video/mp4", s_mp4, "strip_video: false", null),
        ["film where observed"] = ("video/mp4", s_mp4, "enabled: false", null),
        ["archive"] = ("application/zip", s_zip, "", null),
        ["archive that is not allowed"] = ("application/zip", s_zip, "strip_archives: true", "media.refused"),
        ["document"] = ("application/pdf", s_pdf, "", null),
        ["document that is not allowed"] = ("application/pdf", s_pdf, "strip_documents: true", "media.refused"),
        ["program that is not allowed"] = ("application/octet-stream", s_elf, "strip_executables: true", "media.refused"),
        ["typeface that is not allowed"] = ("font/woff2", s_font, "strip_fonts: true", "media.refused"),
        ["image that is not allowed"] = ("image/png", Images.Png(), "strip_images: true", "media.refused"),
        ["image format that is not allowed"] = ("image/x-icon", [0, 0, 1, 0, 1, 0, .. new byte[32]], "", "media.image-type"),
        ["image format that is"] = ("image/x-icon", [0, 0, 1, 0, 1, 0, .. new byte[32]], "allowed_image_types: [ico]", null),
        ["program under the label of an image"] = ("image/png", s_elf, "", "media.disguised"),
        ["archive under the label of a document"] = ("application/pdf", s_zip, "", "media.disguised"),
        ["image and archive in one"] = ("image/png", [.. Images.Png(), .. s_zip], "", "media.polyglot"),
        ["image with an archive's end in a comment"] = ("image/jpeg", Images.Jpeg(Images.Segment(0xFE, [.. s_zip])), "", "media.polyglot"),
        ["document and archive in one"] = ("application/pdf", [.. s_pdf, .. s_zip], "", "media.polyglot"),
        ["image and program in one"] = ("image/gif", [.. Images.Gif(), .. s_elf], "", "media.polyglot"),
        ["photograph with a film behind it"] = ("image/jpeg", [.. Images.Jpeg(), .. s_mp4], "", null),
        ["too many pixels"] = ("image/png", [.. Images.PngStart, .. Images.PngHead(20_000, 20_000), .. Images.PngPixels, .. Images.PngEnd], "", "media.dimensions"),
        ["far too many pixels"] = ("image/png", [.. Images.PngStart, .. Images.PngHead(uint.MaxValue, uint.MaxValue), .. Images.PngPixels, .. Images.PngEnd], "", "media.dimensions"),
        ["no pixels"] = ("image/png", [.. Images.PngStart, .. Images.PngHead(0, 1), .. Images.PngPixels, .. Images.PngEnd], "", "media.malformed"),
        ["too many pixels over all frames"] = ("image/gif", [.. Images.GifStart, .. Enumerable.Repeat(Images.GifPixels, 41).SelectMany(static p => p), 0x3B], "max_image_pixels: 1024", "media.dimensions"),
        ["too long"] = ("image/png", Images.Png(Images.Chunk("IDAT", new byte[2048])), "max_image_bytes: 1024", "media.too-large"),
        ["metadata in pieces without end"] = ("image/png", Images.Png([.. Enumerable.Repeat((byte[])[.. Images.Chunk("tEXt", "a\0b"u8.ToArray()), .. Images.Chunk("gAMA", new byte[4])], 65).SelectMany(static p => p)]), "", "media.malformed"),
        ["compressed text that unpacks without end"] = ("image/png", Images.Png(Images.Chunk("zTXt", [.. "a\0\0"u8, .. Images.Deflated(new string('a', 1_048_577))])), "", "media.malformed"),
        ["chunk that must be understood and is not"] = ("image/png", Images.Png(Images.Chunk("XYZW", [])), "", "media.malformed"),
        ["chunk longer than the file"] = ("image/png", [.. Images.PngStart, .. Images.PngHead(), 0xFF, 0xFF, 0xFF, 0xFF, .. Images.PngPixels, .. Images.PngEnd], "", "media.malformed"),
        ["inert svg"] = ("image/svg+xml", Svg("""<a href="https://example.com/?a=1&amp;b=2"><circle r="4"/></a><a href="?x&amp;y"/>"""), "", null),
        ["svg that is not allowed"] = ("image/svg+xml", Svg("<circle/>"), "allowed_image_types: [png]", "media.image-type"),
        ["svg with a script"] = ("image/svg+xml", Svg("<script>alert(1)</script>"), "", "media.svg-active"),
        ["svg with a script under a prefix"] = ("image/svg+xml", Svg("<s:SCRIPT xmlns:s=\"http://www.w3.org/2000/svg\"/>"), "", "media.svg-active"),
        ["svg with a script in a style sheet"] = ("image/svg+xml", Svg("<style><script>alert(1)</script></style>"), "", "media.svg-active"),
        ["svg with a handler"] = ("image/svg+xml", Svg("<circle r='1' OnLoad = alert(1) />"), "", "media.svg-active"),
        ["svg with a link that runs"] = ("image/svg+xml", Svg("<a xlink:href=' java\tscript:alert(1)'/>"), "", "media.svg-active"),
        ["svg with a link that hides that it runs"] = ("image/svg+xml", Svg("<a href='&#106;avascript:alert(1)'/>"), "", "media.svg-active"),
        ["svg with foreign content"] = ("image/svg+xml", Svg("<foreignObject><p/></foreignObject>"), "", "media.svg-active"),
        ["svg that animates a handler"] = ("image/svg+xml", Svg("<set attributeName='onclick' to='alert(1)'/>"), "", "media.svg-active"),
        ["svg with entities"] = ("image/svg+xml", Encoding.ASCII.GetBytes("<!DOCTYPE svg [<!ENTITY a 'b'>]><svg>&a;</svg>"), "", "media.svg-active"),
        ["svg in UTF-16"] = ("image/svg+xml", Encoding.Unicode.GetBytes("<svg><script>alert(1)</script></svg>"), "", "media.malformed"),
        ["svg under no label"] = ("application/octet-stream", Svg("<script/>"), "", "media.svg-active"),
        ["page with a drawing and a script"] = ("text/html", Encoding.ASCII.GetBytes("<svg></svg><script>1</script>"), "", null),
    };

    public static TheoryData<string> Cases => [.. s_cases.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Judges_what_comes_in(string name)
    {
        var (type, body, yaml, rule) = s_cases[name];
        var world = new MediaWorld(yaml.Length == 0 ? "" : "media_policy:\n  " + yaml);

        var (left, _, rules) = await world.PassAsync(type, body);

        Assert.Equal(rule is null, left is not null);
        Assert.True(rule is null || rules.Contains(rule), string.Join(' ', rules));
    }

    [Theory]
    [InlineData("image/png", "")]
    [InlineData("application/zip", "beyond_hold: block")]
    public async Task Refuses_by_its_head_what_cannot_be_held(string type, string yaml)
    {
        var start = type == "image/png" ? Images.Png() : s_zip;

        Assert.Null((await new MediaWorld(yaml.Length == 0 ? "" : "media_policy:\n  " + yaml).PassAsync(type, start, isWhole: false)).Body);
        Assert.NotNull((await new MediaWorld("media_policy:\n  enabled: false").PassAsync(type, start, isWhole: false)).Body);
    }

    [Fact]
    public async Task Streams_an_archive_by_its_head() =>
        Assert.NotNull((await new MediaWorld().PassAsync("application/zip", s_zip, isWhole: false)).Body);

    [Fact]
    public async Task Refuses_uploads_by_kind()
    {
        Assert.NotNull((await new MediaWorld().PassAsync("application/zip", s_zip, direction: Direction.Outbound)).Body);
        var (left, _, rules) = await new MediaWorld("media_policy:\n  refuse_uploads: [archives]").PassAsync("text/plain", s_zip, direction: Direction.Outbound);
        Assert.Null(left);
        Assert.Contains("media.refused", rules);
    }

    [Fact]
    public async Task An_operator_can_accept_a_finding()
    {
        var world = new MediaWorld("suppress:\n  - rule: media.refused\n    path: example.com\n    reason: podcasts");

        Assert.NotNull((await world.PassAsync("audio/mpeg", s_mp3)).Body);
    }

    private static byte[] Svg(string inside) => Encoding.ASCII.GetBytes($"<?xml version=\"1.0\"?>\n<!-- drawn by hand --><svg xmlns=\"http://www.w3.org/2000/svg\">{inside}</svg>");
}
