using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Postern.Engine.Configuration.Sections;
using Postern.Transports.Control.Approvals;

namespace Postern.Transports.Telemetry.Emit;

/// <summary>
/// Posts events to a program of the operator's, several to a request, signed like questions of approval: over the time, the number of
/// the last record, and the body.
/// </summary>
internal sealed class WebhookSink(EmitWebhookSection settings, EmitInstance instance, CallbackSignature signature) : IEmitSink
{
    /// <summary>The header that holds the number of the last record; the signature covers it.</summary>
    public const string DeliveryHeader = "X-Postern-Delivery";

    private readonly EmitEncoder _encoder = new(settings.Format, instance);
    private readonly EmitPost _post = new(TimeSpan.FromSeconds(settings.TimeoutSeconds));
    private readonly Uri _address = new(settings.Url);

    /// <inheritdoc/>
    public string Name => "webhook";

    /// <inheritdoc/>
    public bool Wants(EmitEvent told) => told.IsWorth(settings.MinSeverity) && _encoder.Takes(told);

    /// <inheritdoc/>
    public async ValueTask<int> TellAsync(IReadOnlyList<EmitEvent> events, CancellationToken cancel)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("instance", instance.Name);
            json.WriteString("version", instance.Version);
            json.WriteStartArray("events");
            foreach (var told in events)
            {
                _encoder.Write(json, told);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        await _post.SendAsync(_address, body.WrittenMemory, HeadersOf(events[^1].Record.Id.Sequence, body.WrittenSpan), cancel).ConfigureAwait(false);
        return 0;
    }

    /// <inheritdoc/>
    public void Dispose() => _post.Dispose();

    private List<KeyValuePair<string, string>> HeadersOf(long last, ReadOnlySpan<byte> body)
    {
        List<KeyValuePair<string, string>> headers =
        [
            new(DeliveryHeader, last.ToString(CultureInfo.InvariantCulture)),
            new(CallbackSignature.Header, signature.Of(last, body)),
        ];
        if (settings.AuthToken is { } token)
        {
            headers.Add(new("Authorization", "Bearer " + token.Reveal()));
        }

        return headers;
    }
}
