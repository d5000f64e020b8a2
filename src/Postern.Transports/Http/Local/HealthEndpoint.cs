using Microsoft.AspNetCore.Http.Features;
using Postern.Engine.Inspection;
using Postern.Engine.Policy;
using Postern.Transports.Telemetry.Emit;

namespace Postern.Transports.Http.Local;

/// <summary><c>/health</c>: whether Postern can do its work. 503 while it is halted, and for good when evidence was lost.</summary>
internal sealed class HealthEndpoint(PolicyHolder policies, IHalt halt, ServiceFacts facts) : ILocalPage
{
    /// <summary>The status when no record can be kept any more: everything is refused until a restart.</summary>
    public const string EvidenceLost = "evidence_lost";

    /// <inheritdoc/>
    public string Path => "/health";

    /// <inheritdoc/>
    public ValueTask<Reply> AnswerAsync(IHttpRequestFeature request, CancellationToken cancel)
    {
        var policy = policies.Current;
        var isLost = facts.Evidence.LostBecause is not null;
        var checkpoint = facts.Evidence.LastCheckpoint;
        return new(Reply.OwnJson(isLost || halt.IsHalted ? 503 : 200, writer =>
        {
            writer.WriteString("status", isLost ? EvidenceLost : halt.IsHalted ? "halted" : "ok");
            writer.WriteString("version", facts.Version);
            writer.WriteString("mode", policy.Policy.Mode.ToString().ToLowerInvariant());
            writer.WriteBoolean("enforce", policy.Policy.Enforce);
            writer.WriteNumber("uptime_seconds", facts.UptimeSeconds);
            writer.WriteNumber("policy_revision", policy.Revision);
            writer.WriteString("policy_hash", policy.Hash);
            writer.WriteNumber("rules", facts.Rules);
            writer.WriteBoolean("tls_interception_enabled", facts.InterceptsTls);
            writer.WriteBoolean("kill_switch_active", halt.IsHalted);
            SinkJson.Write(writer, facts.Sinks);
            if (checkpoint is not null)
            {
                writer.WriteStartObject("checkpoint");
                writer.WriteNumber("size", checkpoint.Size);
                writer.WriteString("root", checkpoint.Root);
                writer.WriteEndObject();
            }
        }));
    }
}
