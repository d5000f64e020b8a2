using Postern.Engine.Policy;
using Postern.Transports.Http;
using Postern.Transports.Http.Local;
using Postern.Transports.Telemetry.Emit;

namespace Postern.Transports.Control.Api;

/// <summary><c>status</c>: everything at a glance.</summary>
internal sealed class StatusRoute(ControlParts parts) : IControlRoute
{
    /// <inheritdoc/>
    public ValueTask<Reply?> AnswerAsync(ControlCall call, CancellationToken cancel) => new(call.IsPost ? ControlReply.Only("GET") : ControlReply.Ok(writer =>
    {
        var policy = parts.Policies.Current;
        writer.WriteString("version", parts.Facts.Version);
        writer.WriteNumber("uptime_seconds", parts.Facts.UptimeSeconds);
        writer.WriteString("operator", call.Caller);
        writer.WriteStartObject("policy");
        writer.WriteNumber("revision", policy.Revision);
        writer.WriteString("hash", policy.Hash);
        writer.WriteString("mode", policy.Policy.Mode.ToString().ToLowerInvariant());
        writer.WriteBoolean("enforce", policy.Policy.Enforce);
        writer.WriteNumber("requests_per_minute", policy.Policy.Destination.RequestsPerMinute);
        writer.WriteNumber("bytes_per_minute", policy.Policy.Destination.DataPerMinute);
        writer.WriteEndObject();
        writer.WriteStartObject("kill_switch");
        KillSwitchRoute.Write(writer, parts.Switch);
        writer.WriteEndObject();
        writer.WriteStartObject("evidence");
        writer.WriteString("lost_because", parts.Facts.Evidence.LostBecause);
        if (parts.Facts.Evidence.LastCheckpoint is { } checkpoint)
        {
            writer.WriteNumber("size", checkpoint.Size);
            writer.WriteString("root", checkpoint.Root);
        }

        writer.WriteEndObject();
        SinkJson.Write(writer, parts.Facts.Sinks);
        writer.WriteStartObject("decisions");
        foreach (var effect in Enum.GetValues<Effect>())
        {
            writer.WriteNumber(VerdictNames.Of(effect, isFound: false), parts.Meter.Effects[(int)effect]);
        }

        writer.WriteEndObject();
        writer.WriteNumber("inspected_bytes", parts.Meter.InspectedBytes);
        writer.WriteNumber("opaque_bytes", parts.Meter.OpaqueBytes);
        writer.WriteNumber("sessions", parts.Sessions.All.Count);
        writer.WriteNumber("approvals", parts.Approvals.Pending.Count);
        StatsEndpoint.WriteTop(writer, "top_rules", parts.Meter.Rules);
        StatsEndpoint.WriteTop(writer, "top_blocked_destinations", parts.Meter.RefusedDestinations);
    }));
}
