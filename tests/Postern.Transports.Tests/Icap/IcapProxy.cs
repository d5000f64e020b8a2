using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Postern.Transports.Tests.Icap;

/// <summary>A proxy as small as one can be that shows every request and every response to an ICAP server, and carries what it gets back.</summary>
internal sealed class IcapProxy(IPEndPoint icap) : HttpMessageHandler
{
    private readonly HttpMessageInvoker _upstream = new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        ResponseDrainTimeout = TimeSpan.Zero,
        ConnectCallback = static async (context, cancel) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, context.DnsEndPoint.Port), cancel);
            return new NetworkStream(socket, ownsSocket: true);
        },
    });

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? null : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        var wire = await IcapWire.OpenAsync(icap);
        var ownHead = HeadOf($"{request.Method} {request.RequestUri!.AbsoluteUri} HTTP/1.1\r\nHost: {request.RequestUri.Authority}\r\n", request.Headers, request.Content);
        await wire.SayAsync($"REQMOD icap://proxy/reqmod ICAP/1.0\r\nHost: proxy\r\nAllow: 204\r\nEncapsulated: req-hdr=0, {(body is null ? "null-body" : "req-body")}={ownHead.Length}\r\n\r\n{ownHead}", cancellationToken);
        _ = ShowAsync(wire, body is null ? null : new MemoryStream(body), cancellationToken);
        var (kind, head, hasBody) = await AnswerAsync(wire, cancellationToken);
        if (kind == "res")
        {
            return ResponseOf(head, hasBody ? new IcapBodyStream(wire, () => Close(wire)) : Stream.Null);
        }

        var sent = kind == "req" ? RequestOf(head, hasBody ? new IcapBodyContent(wire) : null) : RequestOf(ownHead, body is null ? null : new ByteArrayContent(body));
        var response = await _upstream.SendAsync(sent, cancellationToken);
        return await ComeBackAsync(response, kind == "req" ? head : ownHead, cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        _upstream.Dispose();
        base.Dispose(disposing);
    }

    private async Task<HttpResponseMessage> ComeBackAsync(HttpResponseMessage response, string asked, CancellationToken cancel)
    {
        var wire = await IcapWire.OpenAsync(icap);
        var answered = HeadOf($"HTTP/1.1 {(int)response.StatusCode} Said\r\n", response.Headers, response.Content);
        var isKept = response.Content.Headers.ContentLength < 65536;
        await wire.SayAsync($"RESPMOD icap://proxy/respmod ICAP/1.0\r\nHost: proxy\r\n{(isKept ? "Allow: 204\r\n" : "Preview: 0\r\n")}Encapsulated: req-hdr=0, res-hdr={asked.Length}, res-body={asked.Length + answered.Length}\r\n\r\n{asked}{answered}", cancel);
        var body = await response.Content.ReadAsStreamAsync(cancel);
        if (isKept)
        {
            var bytes = new MemoryStream();
            await body.CopyToAsync(bytes, cancel);
            await ShowAsync(wire, new MemoryStream(bytes.ToArray()), cancel);
            var (kind, head, hasBody) = await AnswerAsync(wire, cancel);
            return kind.Length == 0 ? ResponseOf(answered, new MemoryStream(bytes.ToArray())) : ResponseOf(head, hasBody ? new IcapBodyStream(wire, () => Close(wire)) : Stream.Null);
        }

        await wire.SayAsync("0\r\n\r\n", cancel);
        var first = await wire.HeadAsync(cancel);
        if (first.StartsWith("ICAP/1.0 100", StringComparison.Ordinal))
        {
            _ = ShowAsync(wire, body, CancellationToken.None);
            first = await wire.HeadAsync(cancel);
        }

        var (_, late, hasMore) = await ReadAsync(wire, first, cancel);
        return ResponseOf(late, hasMore ? new IcapBodyStream(wire, () => Close(wire, response)) : Stream.Null);
    }

    /// <summary>Shows a body; a server that has heard enough goes away.</summary>
    private static async Task ShowAsync(IcapWire wire, Stream? body, CancellationToken cancel)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (body is not null && await body.ReadAsync(buffer, cancel) is > 0 and var read)
            {
                await wire.ChunkAsync(buffer.AsMemory(0, read), cancel);
            }

            await wire.SayAsync(body is null ? string.Empty : "0\r\n\r\n", cancel);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            await wire.DisposeAsync();
            body?.Dispose();
        }
    }

    private static async Task<(string Kind, string Head, bool HasBody)> AnswerAsync(IcapWire wire, CancellationToken cancel) => await ReadAsync(wire, await wire.HeadAsync(cancel), cancel);

    private static async Task<(string Kind, string Head, bool HasBody)> ReadAsync(IcapWire wire, string answer, CancellationToken cancel) =>
        answer.StartsWith("ICAP/1.0 204", StringComparison.Ordinal) ? (string.Empty, string.Empty, false)
        : !answer.StartsWith("ICAP/1.0 200", StringComparison.Ordinal) ? throw new HttpRequestException("ICAP: " + answer)
        : (answer.Contains("req-hdr", StringComparison.Ordinal) ? "req" : "res", await wire.HeadAsync(cancel), !answer.Contains("null-body", StringComparison.Ordinal));

    private static string HeadOf(string first, System.Net.Http.Headers.HttpHeaders own, HttpContent? content)
    {
        var head = new StringBuilder(first);
        _ = content?.Headers.ContentLength;
        foreach (var (name, values) in own.NonValidated.Concat(content?.Headers.NonValidated ?? default))
        {
            foreach (var value in name is "Transfer-Encoding" or "Connection" or "Host" ? [] : values)
            {
                head.Append(name).Append(": ").Append(value).Append("\r\n");
            }
        }

        return head.Append("\r\n").ToString();
    }

    private static HttpRequestMessage RequestOf(string head, HttpContent? content)
    {
        var lines = head.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var words = lines[0].Split(' ');
        var request = new HttpRequestMessage(new HttpMethod(words[0]), new Uri(words[1], new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true })) { Content = content };
        foreach (var line in lines[1..])
        {
            var (name, value) = (line[..line.IndexOf(':', StringComparison.Ordinal)], line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim());
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return request;
    }

    private static HttpResponseMessage ResponseOf(string head, Stream body)
    {
        var lines = head.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var response = new HttpResponseMessage((HttpStatusCode)int.Parse(lines[0].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture)) { Content = new StreamContent(body) };
        foreach (var line in lines[1..])
        {
            var (name, value) = (line[..line.IndexOf(':', StringComparison.Ordinal)], line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim());
            if (!response.Headers.TryAddWithoutValidation(name, value))
            {
                response.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return response;
    }

    private static void Close(IcapWire wire, HttpResponseMessage? response = null)
    {
        response?.Dispose();
        _ = wire.DisposeAsync().AsTask();
    }
}
