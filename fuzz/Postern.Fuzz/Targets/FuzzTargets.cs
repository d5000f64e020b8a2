using Postern.Engine.Flow;
using Postern.Transports.Streaming;

namespace Postern.Fuzz.Targets;

/// <summary>Everything that is fuzzed.</summary>
internal static class FuzzTargets
{
    private static readonly MessageFacts s_facts = new(MessageKind.BodyWindow, Direction.Inbound);

    public static IReadOnlyList<IFuzzTarget> All { get; } =
    [
        new UrlTarget(),
        new ViewTarget("view-text", ContentKind.Text, PartKind.Text, "a=%2541%20&lt;b&gt; QUtJQTEyMzQ1Njc4OTBBQkNERUY= 414b4941 \\x41\\u0042 i g n o r e \u200ball"),
        new ViewTarget("view-json", ContentKind.Json, PartKind.Body, """{"a":["x\u0041","aGVsbG8gd29ybGQsIGhlbGxvIHdvcmxk"],"b":{"c":"{\"d\":1}"},"n":-1.5e3}"""),
        new ViewTarget("view-form", ContentKind.Form, PartKind.Body, "a=1+2&b=%7B%22c%22%3A%22d%22%7D&a=%25%34%31&e"),
        new ViewTarget("view-multipart", ContentKind.Multipart, PartKind.Body, "--B\r\nContent-Disposition: form-data; name=\"a\"; filename=\"b.txt\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nx=3D=\r\ny\r\n--B\r\n\r\nz\r\n--B--\r\n"),
        new ViewTarget("view-html", ContentKind.Html, PartKind.Body, "<!DOCTYPE html><p title='x&#65;'>a&amp;b<!-- c --><script>d</script><style>e</style><div style=\"display:none\">f</div>"),
        new ViewTarget("view-url", ContentKind.Text, PartKind.Url, "https://u.a.example/p%2fq/aGVsbG8gd29ybGQ?x=1&y=%2541#f"),
        new CodingTarget("gzip"),
        new CodingTarget("deflate"),
        new CodingTarget("br"),
        new PieceTarget("sse", static limits => new ServerSentEventReader(limits, s_facts), "\uFEFFevent: a\nid: 1\r\ndata: {\"x\":\"y\"}\rdata\n\n: c\n\nretry: 5\n\n"),
        new PieceTarget("ndjson", static limits => new LineReader(limits, s_facts), "{\"a\":\"b\"}\n\r\n[1,\"c\"]\nno json\n{\"a\":\"\\ud83d\\ude00\"}"),
        new PieceTarget("grpc", static limits => new GrpcReader(limits, s_facts), "\0\0\0\0\u0003abc\u0001\0\0\0\u0001x\0\0\0\0\0"),
        new PieceTarget("windows", static limits => new WindowReader(limits, s_facts), new string('w', 300)),
        new BorderTarget(),
        new FrameTarget(),
        new ConnectTarget(),
        new SocksTarget(),
        new DnsTarget(),
        new RedirectedTarget(),
        new HelloTarget(),
        new ConfigTarget(),
        new EvidenceTarget(),
        new ShellTarget(),
    ];
}
