using Microsoft.AspNetCore.Http.Features;
using Postern.Engine.Inspection;
using Postern.Engine.Policy;

namespace Postern.Transports.Http.Local;

/// <summary><c>/health</c>: whether Postern can do its work. 503 while it is halted.</summary>
internal sealed class HealthEndpoint(PolicyHolder policies, IHalt halt, ServiceFacts facts) : ILocalPage
{
    /// <inheritdoc/>
    public string Path => "/health";

    /// <inheritdoc/>
    public ValueTask<Reply> AnswerAsync(IHttpRequestFeature request, CancellationToken cancel)
    {
        var policy = policies.Current;
        return new(Reply.OwnJson(halt.IsHalted ? 503 : 200, writer =>
        {
            writer.WriteString("status", halt.IsHalted ? "halted" : "ok");
            writer.WriteString("version", facts.Version);
            writer.WriteString("mode", policy.Policy.Mode.ToString().ToLowerInvariant());
            writer.WriteBoolean("enforce", policy.Policy.Enforce);
            writer.WriteNumber("uptime_seconds", facts.UptimeSeconds);
            writer.WriteNumber("policy_revision", policy.Revision);
            writer.WriteString("policy_hash", policy.Hash);
            writer.WriteNumber("rules", facts.Rules);
            writer.WriteBoolean("tls_interception_enabled", facts.InterceptsTls);
            writer.WriteBoolean("kill_switch_active", halt.IsHalted);
        }));
    }
}
