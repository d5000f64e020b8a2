using System.IO.Compression;
using System.Text;
using Postern.Engine.Flow;
using Postern.Engine.Tests.Detection.Rules;
using Postern.Engine.Views;

namespace Postern.Engine.Tests.Views;

/// <summary>A body on its way out is opened when it begins like something compressed, whatever it is called.</summary>
public sealed class CompressedPartTests
{
    private const string Aws = "secret.aws.access-key-id";

    private static readonly string s_text = "before " + RuleFiles.Find(Aws).Examples[0] + " after, and more of it";

    private static readonly (string Name, Func<byte[], byte[]> Write)[] s_coats =
    [
        ("gzip", Gzip),
        ("zlib", static bytes => Through(bytes, static to => new ZLibStream(to, CompressionLevel.Optimal))),
        ("gzip twice", static bytes => Gzip(Gzip(bytes))),
        ("zlib in gzip", static bytes => Gzip(Through(bytes, static to => new ZLibStream(to, CompressionLevel.Optimal)))),
        ("zip, deflated", static bytes => Zip(bytes, CompressionLevel.Optimal)),
        ("zip, stored", static bytes => Zip(bytes, CompressionLevel.NoCompression)),
        ("zip without its directory", static bytes => Zip(bytes, CompressionLevel.Optimal)[..^60]),
        ("zip with a false length", static bytes => WithFalseLength(Zip(bytes, CompressionLevel.Optimal))),
        ("gzip of tar", static bytes => Gzip([.. new byte[512], .. bytes, .. new byte[1024]])),
        ("zip in gzip", static bytes => Gzip(Zip(bytes, CompressionLevel.Optimal))),
    ];

    public static TheoryData<string> Coats => [.. s_coats.Select(static coat => coat.Name)];

    [Theory]
    [MemberData(nameof(Coats))]
    public void Its_text_is_read(string coat)
    {
        var body = Array.Find(s_coats, c => c.Name == coat).Write(Encoding.UTF8.GetBytes(s_text));
        foreach (var content in (ReadOnlySpan<ContentKind>)[ContentKind.Text, ContentKind.Form])
        {
            var seen = new Scanned(body, content);
            Assert.Contains(Aws, seen.Rules);
            Assert.Empty(seen.Misses);
        }
    }

    [Theory]
    [MemberData(nameof(Coats))]
    public void Its_text_is_read_in_multipart_and_in_base64(string coat)
    {
        var body = Array.Find(s_coats, c => c.Name == coat).Write(Encoding.UTF8.GetBytes(s_text));
        byte[] multipart =
        [
            .. "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x.bin\"\r\nContent-Type: application/octet-stream\r\n\r\n"u8, .. body, .. "\r\n--b--\r\n"u8,
        ];
        Assert.Contains(Aws, new Scanned(multipart, ContentKind.Multipart, boundary: "b").Rules);
        Assert.Contains(Aws, Scanned.Text("data: " + Convert.ToBase64String(body)).Rules);
    }

    [Fact]
    public void The_names_of_its_files_are_read()
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            archive.CreateEntry(RuleFiles.Find(Aws).Examples[0] + ".txt");
        }

        Assert.Contains(Aws, new Scanned(zip.ToArray()).Rules);
    }

    [Fact]
    public void Of_what_unpacks_to_too_much_the_beginning_is_read_and_inside_an_encoding_nothing_passes_unread()
    {
        byte[] much = [.. Encoding.ASCII.GetBytes(RuleFiles.Find(Aws).Examples[0] + "\n"), .. new byte[20_000_000]];
        Assert.Empty(new Scanned(Gzip(much)).Misses);
        Assert.Contains(Aws, new Scanned(Gzip(much)).Rules);
        Assert.Empty(new Scanned([.. Enumerable.Repeat(Zip([1, 2, 3], CompressionLevel.Optimal), 1100).SelectMany(static z => z)]).Misses);
        Assert.Equal([Shortfall.TooBig], new Scanned(Encoding.ASCII.GetBytes(Convert.ToBase64String(Gzip(much)))).Misses.Distinct());
    }

    [Theory]
    [InlineData("PK\u0003\u0004")]
    [InlineData("PK\u0003\u0004 and then something that is no archive at all, however long it may be")]
    [InlineData("\u001f\u008b\u0008 and then something that is no archive at all")]
    [InlineData("x\u009c and then something that is no archive at all")]
    public void What_only_begins_like_one_is_read_as_it_stands(string text)
    {
        var seen = new Scanned(Encoding.Latin1.GetBytes(text + s_text));
        Assert.Contains(Aws, seen.Rules);
        Assert.Empty(seen.Misses);
    }

    [Fact]
    public void An_archive_from_the_world_is_not_opened()
    {
        var views = new ViewBuilder(new ViewLimits());
        var chains = new List<string>();
        var visitor = new Chains(chains);
        views.Walk(new ViewSource { Bytes = Gzip(Encoding.UTF8.GetBytes(s_text)), Part = PartKind.Body, Direction = Direction.Inbound, Whole = true }, ref visitor);
        Assert.DoesNotContain(chains, static chain => chain.Contains("inflate", StringComparison.Ordinal));
    }

    private static byte[] Gzip(byte[] bytes) => Through(bytes, static to => new GZipStream(to, CompressionLevel.Optimal));

    private static byte[] Through(byte[] bytes, Func<Stream, Stream> open)
    {
        using var to = new MemoryStream();
        using (var stream = open(to))
        {
            stream.Write(bytes);
        }

        return to.ToArray();
    }

    private static byte[] Zip(byte[] bytes, CompressionLevel level)
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = archive.CreateEntry("a/notes.txt", level).Open();
            entry.Write(bytes);
        }

        return zip.ToArray();
    }

    private static byte[] WithFalseLength(byte[] zip)
    {
        zip[18] = 1;
        zip[19] = zip[20] = zip[21] = 0;
        return zip;
    }

    private readonly struct Chains(List<string> chains) : IViewVisitor
    {
        public void Visit(scoped in View view) => chains.Add(view.Chain.ToString());

        public void Miss(Shortfall shortfall, int sourceOffset) => chains.Add(shortfall.ToString());
    }
}
