namespace Postern.Transports.Tests.Survival;

/// <summary>
/// Requests that must not pass. In each, <c>{0}</c> stands for what precedes the path (nothing inside a tunnel, scheme and
/// authority outside) and <c>{1}</c> for the authority. The status is what the documentation promises.
/// </summary>
internal static class BadRequests
{
    private const string Get = "GET {0}/x HTTP/1.1\r\n";
    private const string Post = "POST {0}/x HTTP/1.1\r\nHost: {1}\r\n";

    public static Dictionary<string, (string Request, int Status, string? Rule)> Table { get; } = new()
    {
        ["length and chunks"] = (Post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400, "protocol.ambiguous-framing"),
        ["chunks and length"] = (Post + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n", 400, "protocol.ambiguous-framing"),
        ["two lengths"] = (Post + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400, null),
        ["two equal lengths"] = (Post + "Content-Length: 1\r\nContent-Length: 1\r\n\r\na", 400, null),
        ["a list of lengths"] = (Post + "Content-Length: 1, 1\r\n\r\na", 400, null),
        ["a negative length"] = (Post + "Content-Length: -1\r\n\r\na", 400, null),
        ["a hexadecimal length"] = (Post + "Content-Length: 0x1\r\n\r\na", 400, null),
        ["a length beyond 64 bits"] = (Post + "Content-Length: 99999999999999999999\r\n\r\na", 400, null),
        ["a coding before chunked"] = (Post + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 400, "protocol.ambiguous-framing"),
        ["chunked twice"] = (Post + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n", 400, "protocol.ambiguous-framing"),
        ["chunked in two headers"] = (Post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n", 400, null),
        ["chunked not last"] = (Post + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n", 400, null),
        ["an unknown transfer coding"] = (Post + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", 400, null),
        ["chunked in quotes"] = (Post + "Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n", 400, null),
        ["chunked behind a vertical tab"] = (Post + "Transfer-Encoding: \vchunked\r\n\r\n0\r\n\r\n", 400, null),
        ["a space before the colon"] = (Post + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n", 400, null),
        ["a folded header"] = (Post + "X: a\r\n b\r\n\r\n", 400, null),
        ["a folded first header"] = (Get + " Host: {1}\r\n\r\n", 400, null),
        ["a bare line feed"] = (Get + "Host: {1}\nX: y\r\n\r\n", 400, null),
        ["a bare carriage return"] = (Get + "Host: {1}\r\nX: a\rY: b\r\n\r\n", 400, null),
        ["a zero byte in a value"] = (Get + "Host: {1}\r\nX: a\0b\r\n\r\n", 400, null),
        ["a control in a value"] = (Get + "Host: {1}\r\nX: a\u0001b\r\n\r\n", 400, "protocol.control-in-header"),
        ["a delete in a value"] = (Get + "Host: {1}\r\nX: a\u007fb\r\n\r\n", 400, "protocol.control-in-header"),
        ["a name that is no token"] = (Get + "Host: {1}\r\nX(Y: a\r\n\r\n", 400, null),
        ["a name above ASCII"] = (Get + "Host: {1}\r\nX\u00e9: a\r\n\r\n", 400, null),
        ["a header without a name"] = (Get + "Host: {1}\r\n: a\r\n\r\n", 400, null),
        ["a header without a colon"] = (Get + "Host: {1}\r\nnonsense\r\n\r\n", 400, null),
        ["no host"] = (Get + "\r\n", 400, null),
        ["two hosts"] = (Get + "Host: {1}\r\nHost: {1}\r\n\r\n", 400, null),
        ["two types"] = (Post + "Content-Type: text/plain\r\nContent-Type: application/json\r\nContent-Length: 0\r\n\r\n", 400, "protocol.ambiguous-framing"),
        ["two credentials"] = (Get + "Host: {1}\r\nAuthorization: a\r\nAuthorization: b\r\n\r\n", 400, "protocol.ambiguous-framing"),
        ["a connection that takes the length away"] = (Post + "Connection: Content-Length\r\nContent-Length: 0\r\n\r\n", 400, "protocol.ambiguous-framing"),
        ["a connection that takes the type away"] = (Post + "Connection: X-Hop, content-type\r\nContent-Type: text/plain\r\nContent-Length: 0\r\n\r\n", 400, "protocol.ambiguous-framing"),
        ["a second connection that takes the coding away"] = (Post + "Connection: X-Hop\r\nConnection: Content-Encoding\r\nContent-Length: 0\r\n\r\n", 400, "protocol.ambiguous-framing"),
        ["a method in small letters"] = ("get {0}/x HTTP/1.1\r\nHost: {1}\r\n\r\n", 400, "protocol.broken-frame"),
        ["connect in small letters"] = ("connect {0}/x HTTP/1.1\r\nHost: {1}\r\n\r\n", 400, "protocol.broken-frame"),
        ["a method with a bracket"] = ("GE(T {0}/x HTTP/1.1\r\nHost: {1}\r\n\r\n", 400, null),
        ["HTTP/0.9"] = ("GET {0}/x\r\n", 400, null),
        ["HTTP/2 on a plain line"] = ("GET {0}/x HTTP/2.0\r\nHost: {1}\r\n\r\n", 505, null),
        ["HTTP/1.2"] = ("GET {0}/x HTTP/1.2\r\nHost: {1}\r\n\r\n", 505, null),
        ["two spaces in the request line"] = ("GET  {0}/x HTTP/1.1\r\nHost: {1}\r\n\r\n", 400, null),
        ["a chunk size that is no number"] = (Post + "Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n", 400, "protocol.truncated-body"),
        ["a chunk size beyond 64 bits"] = (Post + "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n\r\n", 400, "protocol.truncated-body"),
        ["a negative chunk size"] = (Post + "Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n", 400, "protocol.truncated-body"),
        ["a chunk longer than its size"] = (Post + "Transfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n0\r\n\r\n", 400, "protocol.truncated-body"),
        ["ten thousand header lines"] = (Get + "Host: {1}\r\n" + string.Concat(Enumerable.Range(0, 10_000).Select(static i => $"X{i}: y\r\n")) + "\r\n", 431, null),
        ["a header of 100 KB"] = (Get + "Host: {1}\r\nX: " + new string('x', 100_000) + "\r\n\r\n", 431, null),
        ["a URL of 100 KB"] = ("GET {0}/" + new string('x', 100_000) + " HTTP/1.1\r\nHost: {1}\r\n\r\n", 414, null),
        ["a URL of 50 KB"] = ("GET {0}/" + new string('x', 50_000) + " HTTP/1.1\r\nHost: {1}\r\n\r\n", 403, "destination.url-too-long"),
        ["a URL with a zero byte"] = ("GET {0}/\0 HTTP/1.1\r\nHost: {1}\r\n\r\n", 400, null),
        ["a URL above ASCII"] = ("GET {0}/\u00e9 HTTP/1.1\r\nHost: {1}\r\n\r\n", 400, null),
        ["noise"] = ("\u0016\u0003\u0001\u0002\0\u0001\0\u0001\r\n\r\n", 400, null),
    };
}
