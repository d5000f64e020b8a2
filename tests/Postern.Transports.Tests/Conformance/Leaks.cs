using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;

namespace Postern.Transports.Tests.Conformance;

/// <summary>One secret, sent in every part of a request that can carry one.</summary>
public static class Leaks
{
    /// <summary>A value of the shape of an AWS access key id; put together here so that no scanner takes this file for a leak.</summary>
    public static string Secret { get; } = "AKIA" + "Q3EGRZKW" + "V5N7YT2P";

    public static TheoryData<string, string> AllWays
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var transport in Transports.Http)
            {
                foreach (var way in s_ways.Keys.Where(way => IsInUrl(way) || Transports.Can(transport, Capability.Uploads)).Where(way => !IsLate(way) || Transports.Can(transport, Capability.Dials)))
                {
                    rows.Add(transport, way);
                }
            }

            return rows;
        }
    }

    private static readonly Dictionary<string, Func<HttpRequestMessage>> s_ways = new()
    {
        ["query"] = () => new(HttpMethod.Get, "search?q=" + Secret),
        ["path"] = () => new(HttpMethod.Get, "a/" + Secret + "/b"),
        ["percent-encoded query"] = () => new(HttpMethod.Get, "search?q=" + string.Concat(Secret.Select(c => $"%25{(int)c:X2}"))),
        ["split query"] = () => new(HttpMethod.Get, $"search?a={Secret[..10]}&b={Secret[10..]}"),
        ["header"] = () => WithHeader("X-Note", Secret),
        ["cookie"] = () => WithHeader("Cookie", "s=" + Secret),
        ["header base64"] = () => WithHeader("X-Note", Base64(Secret)),
        ["text"] = () => Post(new StringContent("the key is " + Secret)),
        ["json"] = () => Post(new StringContent($$$"""{"memo":{"note":"{{{Secret}}}"}}""", Encoding.UTF8, "application/json")),
        ["json escapes"] = () => Post(new StringContent("{\"memo\":\"" + string.Concat(Secret.Select(c => $"\\u{(int)c:x4}")) + "\"}", Encoding.UTF8, "application/json")),
        ["json key"] = () => Post(new StringContent($$"""{"{{Secret}}":1}""", Encoding.UTF8, "application/json")),
        ["json base64"] = () => Post(new StringContent($$"""{"memo":"{{Base64("key " + Secret + " ok")}}"}""", Encoding.UTF8, "application/json")),
        ["form"] = () => Post(new FormUrlEncodedContent([new("a", "1"), new("memo", Secret)])),
        ["multipart"] = () => Post(new MultipartFormDataContent { { new StringContent(Secret), "memo" } }),
        ["multipart filename"] = () => Post(new MultipartFormDataContent { { new StringContent("x"), "file", Secret + ".txt" } }),
        ["octet-stream"] = () => Post(new ByteArrayContent(Encoding.ASCII.GetBytes("\0\u0001 " + Secret)), "application/octet-stream"),
        ["claims to be an image"] = () => Post(new ByteArrayContent(Encoding.ASCII.GetBytes(Secret)), "image/png"),
        ["hex"] = () => Post(new StringContent(Convert.ToHexString(Encoding.ASCII.GetBytes(Secret)))),
        ["gzip"] = () => Post(Coded(Secret, static stream => new GZipStream(stream, CompressionMode.Compress), "gzip")),
        ["br"] = () => Post(Coded(Secret, static stream => new BrotliStream(stream, CompressionMode.Compress), "br")),
        ["deflate"] = () => Post(Coded(Secret, static stream => new ZLibStream(stream, CompressionMode.Compress), "deflate")),
        ["archive of gzip"] = () => Post(Coded(Secret, static stream => new GZipStream(stream, CompressionMode.Compress), null), "application/gzip"),
        ["archive under the label of a form"] = () => Post(Coded(Secret, static stream => new GZipStream(stream, CompressionMode.Compress), null), "application/x-www-form-urlencoded"),
        ["after 3 MiB of a stream"] = () => Post(new StringContent(new string('.', 3 * 1024 * 1024) + " " + Secret)),
    };

    /// <summary>True for a leak that cannot be edited out: it stands in the URL, in an archive, or in a body that is longer than what is held.</summary>
    public static bool Refuses(string way) => IsInUrl(way) || IsLate(way) || way.StartsWith("archive", StringComparison.Ordinal);

    /// <summary>True for a leak behind what has passed already: only who dials can still answer for it, else it is cut.</summary>
    private static bool IsLate(string way) => way.StartsWith("after", StringComparison.Ordinal);

    public static HttpRequestMessage Make(string way) => s_ways[way]();

    private static bool IsInUrl(string way)
    {
        using var request = Make(way);
        return request.Content is null && !request.Headers.Any();
    }

    private static HttpRequestMessage WithHeader(string name, string value)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "page");
        request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    private static HttpRequestMessage Post(HttpContent content, string? type = null)
    {
        if (type is not null)
        {
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        }

        return new HttpRequestMessage(HttpMethod.Post, "submit") { Content = content };
    }

    private static ByteArrayContent Coded(string text, Func<Stream, Stream> encoder, string? coding)
    {
        using var coded = new MemoryStream();
        using (var stream = encoder(coded))
        {
            stream.Write(Encoding.UTF8.GetBytes("padding " + text));
        }

        var content = new ByteArrayContent(coded.ToArray());
        if (coding is not null)
        {
            content.Headers.ContentEncoding.Add(coding);
        }

        return content;
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
