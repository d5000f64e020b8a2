using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Postern.Engine.Policy;
using Postern.Transports.Telemetry;
using Postern.Transports.Telemetry.Emit;

namespace Postern.Transports.Http.Local;

/// <summary><c>/stats</c>: what was decided since the start, as JSON.</summary>
internal sealed class StatsEndpoint(DecisionMeter meter, ServiceFacts facts) : ILocalPage
{
    private const int Top = 10;

    /// <inheritdoc/>
    public string Path => "/stats";

    /// <inheritdoc/>
    public ValueTask<Reply> AnswerAsync(IHttpRequestFeature request, CancellationToken cancel) => new(Reply.OwnJson(200, writer =>
    {
        var total = meter.Effects.Sum();
        var refused = meter.Effects[(int)Effect.Deny];
        writer.WriteNumber("uptime_seconds", facts.UptimeSeconds);
        writer.WriteStartObject("requests");
        writer.WriteNumber("total", total);
        writer.WriteNumber("allowed", total - refused);
        writer.WriteNumber("blocked", refused);
        writer.WriteNumber("block_rate", total == 0 ? 0 : Math.Round((double)refused / total, 4));
        writer.WriteEndObject();
        writer.WriteNumber("tunnels", meter.Tunnels);
        writer.WriteNumber("inspected_bytes", meter.InspectedBytes);
        writer.WriteNumber("opaque_bytes", meter.OpaqueBytes);
        writer.WriteNumber("log_dropped", facts.Log?.Dropped ?? 0);
        WriteCaptures(writer);
        SinkJson.Write(writer, facts.Sinks);
        WriteTop(writer, "top_blocked_domains", meter.RefusedDestinations);
        WriteTop(writer, "top_rules", meter.Rules);
    }));

    private void WriteCaptures(Utf8JsonWriter writer)
    {
        if (facts.Captures is not { } captures)
        {
            return;
        }

        writer.WriteStartObject("captures");
        writer.WriteNumber("taken", captures.Taken);
        writer.WriteNumber("missed", captures.Missed);
        writer.WriteNumber("bytes", captures.SealedBytes);
        writer.WriteBoolean("in_gap", captures.IsInGap);
        writer.WriteEndObject();
    }

    /// <summary>Writes the most frequent names with their counts.</summary>
    public static void WriteTop(Utf8JsonWriter writer, string name, IReadOnlyDictionary<string, long> counts)
    {
        writer.WriteStartArray(name);
        foreach (var (key, count) in counts.OrderByDescending(static pair => pair.Value).ThenBy(static pair => pair.Key, StringComparer.Ordinal).Take(Top))
        {
            writer.WriteStartObject();
            writer.WriteString("name", key);
            writer.WriteNumber("count", count);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
