using System.Text.Json;
using Postern.Engine.Configuration.Sections;
using Postern.Engine.Policy;
using Postern.Transports.Telemetry.Emit;

namespace Postern.Transports.Telemetry.Otlp;

/// <summary>Tells a collector of events as log records.</summary>
internal sealed class OtlpLogSink(EmitOtlpSection settings, EmitInstance instance) : IEmitSink
{
    private readonly OtlpClient _client = new(settings, OtlpSignal.Logs);

    /// <inheritdoc/>
    public string Name => "otlp";

    /// <inheritdoc/>
    public bool Wants(EmitEvent told) => told.IsWorth(settings.MinSeverity);

    /// <inheritdoc/>
    public async ValueTask<int> TellAsync(IReadOnlyList<EmitEvent> events, CancellationToken cancel) =>
        await _client.SendAsync(Document(events, instance), cancel).ConfigureAwait(false);

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    internal static ReadOnlyMemory<byte> Document(IReadOnlyList<EmitEvent> events, EmitInstance instance) => OtlpDocument.Of(OtlpSignal.Logs, instance, json =>
    {
        foreach (var told in events)
        {
            Write(json, told);
        }
    });

    private static void Write(Utf8JsonWriter json, EmitEvent told)
    {
        var entry = told.Entry;
        var (number, text) = LevelOf(entry.Urgency);
        json.WriteStartObject();
        json.WriteString("timeUnixNano", OtlpDocument.Nanoseconds(entry.Time));
        json.WriteNumber("severityNumber", number);
        json.WriteString("severityText", text);
        json.WriteString("eventName", "postern." + entry.Event);
        json.WriteStartObject("body");
        json.WriteString("stringValue", entry.Note.Length > 0 ? entry.Note : entry.Event);
        json.WriteEndObject();
        json.WriteStartArray("attributes");
        OtlpDocument.Attribute(json, "event", entry.Event);
        OtlpDocument.Attribute(json, "actor", entry.Actor);
        OtlpDocument.Attribute(json, "transport", entry.Transport);
        OtlpDocument.Attribute(json, "direction", entry.Direction);
        OtlpDocument.Attribute(json, "destination", entry.Destination);
        OtlpDocument.Attribute(json, "effect", entry.Effect);
        OtlpDocument.Attribute(json, "observed", entry.Observed ?? string.Empty);
        OtlpDocument.Attribute(json, "rules", entry.Findings.Select(static finding => finding.Rule.Id));
        OtlpDocument.Attribute(json, "where", entry.Findings.Select(static finding => finding.Place));
        OtlpDocument.Attribute(json, "techniques", entry.Techniques);
        OtlpDocument.Attribute(json, "evidence", told.Record.Id.ToString());
        json.WriteEndArray();
        var trace = SpanIdentity.Of(told);
        json.WriteString("traceId", trace.TraceId);
        json.WriteString("spanId", trace.SpanId);
        json.WriteEndObject();
    }

    /// <summary>INFO, WARN and ERROR of OTLP's severity numbers.</summary>
    private static (int Number, string Text) LevelOf(Urgency urgency) => urgency switch
    {
        Urgency.Critical => (17, "ERROR"),
        Urgency.Warn => (13, "WARN"),
        _ => (9, "INFO"),
    };
}
