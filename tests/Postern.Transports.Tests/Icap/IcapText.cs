using System.Text;

namespace Postern.Transports.Tests.Icap;

/// <summary>ICAP requests as text.</summary>
internal static class IcapText
{
    /// <summary>A request that is shown.</summary>
    /// <param name="http">Its head, the empty line included.</param>
    /// <param name="body">Its body as it is sent, chunks and all; null for none.</param>
    /// <param name="fields">More fields, each with its line end.</param>
    public static string Reqmod(string http, string? body = null, string fields = "Allow: 204\r\n") =>
        $"REQMOD icap://p/reqmod ICAP/1.0\r\nHost: p\r\n{fields}Encapsulated: req-hdr=0, {(body is null ? "null-body" : "req-body")}={http.Length}\r\n\r\n{http}{body}";

    /// <summary>A response that is shown, with the head of its request.</summary>
    public static string Respmod(string asked, string answered, string? body = null, string fields = "Allow: 204\r\n") =>
        $"RESPMOD icap://p/respmod ICAP/1.0\r\nHost: p\r\n{fields}Encapsulated: req-hdr=0, res-hdr={asked.Length}, {(body is null ? "null-body" : "res-body")}={asked.Length + answered.Length}\r\n\r\n{asked}{answered}{body}";

    /// <summary>The head of a GET.</summary>
    public static string Get(string url = "http://plain.test/", string fields = "") => $"GET {url} HTTP/1.1\r\nHost: {new Uri(url).Authority}\r\n{fields}\r\n";

    /// <summary>The head of a POST.</summary>
    public static string Post(string fields = "") => $"POST http://plain.test/ HTTP/1.1\r\nHost: plain.test\r\nContent-Type: text/plain\r\n{fields}\r\n";

    /// <summary>The head of a response.</summary>
    public static string Ok(string fields = "", string status = "200 OK") => $"HTTP/1.1 {status}\r\nContent-Type: text/plain\r\n{fields}\r\n";

    /// <summary>A whole body in one chunk.</summary>
    public static string Chunked(string text) => $"{text.Length:x}\r\n{text}\r\n0\r\n\r\n";

    /// <summary>Its bytes, one char each.</summary>
    public static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);
}
