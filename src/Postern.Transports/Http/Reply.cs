using System.Text.Json;
using Postern.Engine.Inspection;

namespace Postern.Transports.Http;

/// <summary>An answer of Postern's own: a refusal, or its own state. Never holds anything of a message.</summary>
internal sealed class Reply
{
    private Reply(int status, ReadOnlyMemory<byte> body, params IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        foreach (var (name, value) in headers)
        {
            RequireOneLine(name);
            RequireOneLine(value);
        }

        Status = status;
        Body = body;
        Headers = headers;
    }

    /// <summary>HTTP status.</summary>
    public int Status { get; }

    /// <summary>The body.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>All header fields besides the framing, each printable ASCII on one line: a release may write them as they are.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; }

    /// <summary>The refusal that it tells of; null when it tells of something else.</summary>
    public Refused? Refused { get; private init; }

    /// <summary>The same answer with one header field more.</summary>
    /// <exception cref="ArgumentException">The field would break the framing.</exception>
    public Reply With(string name, string value) => new(Status, Body, [.. Headers, new(name, value)]) { Refused = Refused };

    /// <summary>The refusal as a problem document (RFC 9457).</summary>
    public static Reply Of(Refused refused) => Of(refused, StatusOf(refused.Kind));

    /// <summary>The same with a status that a protocol asks for.</summary>
    public static Reply Of(Refused refused, int status)
    {
        return Refusal(status, "application/problem+json", Problem(refused, status), refused);
    }

    /// <summary>A fault that is nobody's policy: the upstream failed, the request line cannot be served.</summary>
    public static Reply Fault(int status, string title, string detail)
    {
        var body = Json(writer =>
        {
            writer.WriteString("type", "about:blank");
            writer.WriteString("title", title);
            writer.WriteNumber("status", status);
            writer.WriteString("detail", detail);
        });
        return Own(status, "application/problem+json", body);
    }

    /// <summary>A document about Postern itself.</summary>
    public static Reply Own(int status, string contentType, ReadOnlyMemory<byte> body) =>
        new(status, body, new KeyValuePair<string, string>("Content-Type", contentType), new("Cache-Control", "no-store"));

    /// <summary>A JSON document about Postern itself.</summary>
    public static Reply OwnJson(int status, Action<Utf8JsonWriter> write) => Own(status, "application/json", Json(write));

    /// <summary>A refusal in the shape of another protocol of ours, such as /fetch.</summary>
    /// <param name="refused">The refusal.</param>
    /// <param name="write">Writes the members of the document.</param>
    /// <param name="status">The status, where that protocol knows better; null goes by the sort of refusal.</param>
    public static Reply OwnJson(Refused refused, Action<Utf8JsonWriter> write, int? status = null) =>
        Refusal(status ?? StatusOf(refused.Kind), "application/json", Json(write), refused);

    /// <summary>The refusal as the last event of a stream of server-sent events.</summary>
    public static Reply Event(Refused refused)
    {
        var problem = System.Text.Encoding.UTF8.GetString(Problem(refused, StatusOf(refused.Kind)).Span);
        return Own(200, "text/event-stream", System.Text.Encoding.UTF8.GetBytes("event: error\ndata: " + problem + "\n\n"));
    }

    /// <summary>The status of each sort of refusal.</summary>
    public static int StatusOf(RefusalKind kind) => kind switch
    {
        RefusalKind.Malformed => 400,
        RefusalKind.Unidentified => 407,
        RefusalKind.TooLarge => 413,
        RefusalKind.Budget => 429,
        RefusalKind.Upstream => 502,
        RefusalKind.Unavailable or RefusalKind.Halted or RefusalKind.EvidenceLost or RefusalKind.Cancelled => 503,
        _ => 403,
    };

    private static Reply Refusal(int status, string contentType, ReadOnlyMemory<byte> body, Refused refused)
    {
        var reply = new Reply(status, body, new KeyValuePair<string, string>("Content-Type", contentType), new("Cache-Control", "no-store"), new("X-Postern-Block-Reason", refused.RuleId)) { Refused = refused };
        return status == 407 ? reply.With("Proxy-Authenticate", "Basic realm=\"postern\"") : reply;
    }

    private static void RequireOneLine(string text)
    {
        if (text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            throw new ArgumentException("A header of a reply must be printable ASCII on one line.", nameof(text));
        }
    }

    private static ReadOnlyMemory<byte> Problem(Refused refused, int status) => Json(writer =>
    {
        writer.WriteString("type", "urn:postern:rule:" + refused.RuleId);
        writer.WriteString("title", "Refused by Postern");
        writer.WriteNumber("status", status);
        writer.WriteString("detail", refused.Detail);
        writer.WriteString("rule", refused.RuleId);
        writer.WriteString("where", refused.Decisive?.Where ?? string.Empty);
        writer.WriteString("view", refused.Decisive?.View ?? string.Empty);
        writer.WriteString("evidence", refused.Evidence?.ToString() ?? string.Empty);
        writer.WriteString("remedy", refused.Remedy);
    });

    private static ReadOnlyMemory<byte> Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
