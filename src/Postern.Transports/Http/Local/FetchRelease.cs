using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Postern.Engine.Flow;
using Postern.Engine.Inspection;

namespace Postern.Transports.Http.Local;

/// <summary>Sends a fetched page that was cleared, as JSON rendered from its parts.</summary>
internal sealed class FetchRelease(IFeatureCollection features)
{
    private readonly IHttpResponseFeature _response = features.GetRequiredFeature<IHttpResponseFeature>();
    private readonly IHttpResponseBodyFeature _body = features.GetRequiredFeature<IHttpResponseBodyFeature>();

    /// <summary>Sends the page.</summary>
    public async ValueTask PageAsync(Cleared cleared, CancellationToken cancel)
    {
        using var message = cleared.Take();
        var json = Render(message);
        _response.StatusCode = 200;
        _response.Headers.ContentType = "application/json";
        _response.Headers.CacheControl = "no-store";
        _response.Headers.ContentLength = json.Length;
        await _body.Writer.WriteAsync(json, cancel).ConfigureAwait(false);
    }

    private static ReadOnlyMemory<byte> Render(Message message)
    {
        var buffer = new ArrayBufferWriter<byte>(message.Bytes.Length + 1024);
        using var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        writer.WriteStartObject();
        Write(writer, message, FetchedPage.UrlKey);
        Write(writer, message, FetchedPage.AgentKey);
        writer.WriteNumber("status_code", message.Facts.Status);
        Write(writer, message, FetchedPage.TypeKey);
        Write(writer, message, FetchedPage.TitleKey);
        writer.WriteString("content", message.ReleasableBody.Span);
        writer.WriteString("error", string.Empty);
        writer.WriteBoolean("blocked", false);
        writer.WriteString("block_reason", string.Empty);
        Write(writer, message, FetchedPage.HintKey);
        writer.WriteString("scanner", string.Empty);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter writer, Message message, string key)
    {
        foreach (ref readonly var part in message.Parts)
        {
            if (part.Kind == PartKind.HeaderValue && System.Text.Ascii.Equals(message.NameOf(part), key))
            {
                writer.WriteString(key, message.Of(part));
            }
        }
    }
}
