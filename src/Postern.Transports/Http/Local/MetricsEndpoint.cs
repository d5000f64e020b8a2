using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Postern.Engine.Inspection;
using Postern.Engine.Policy;
using Postern.Transports.Telemetry;

namespace Postern.Transports.Http.Local;

/// <summary><c>/metrics</c>: Prometheus text, version 0.0.4.</summary>
internal sealed class MetricsEndpoint(DecisionMeter meter, IHalt halt, ServiceFacts facts) : ILocalPage
{
    /// <inheritdoc/>
    public string Path => "/metrics";

    /// <inheritdoc/>
    public ValueTask<Reply> AnswerAsync(IHttpRequestFeature request, CancellationToken cancel)
    {
        var text = new StringBuilder();
        Family(text, "postern_rulings_total", "counter", "Rulings by transport and effect.");
        foreach (var (transport, effects) in meter.Transports.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            for (var i = 0; i < effects.Length; i++)
            {
                Sample(text, $"postern_rulings_total{{transport=\"{transport}\",effect=\"{VerdictNames.Of((Effect)i, isFound: false)}\"}}", effects[i]);
            }
        }

        Family(text, "postern_findings_total", "counter", "Findings by rule.");
        foreach (var (rule, count) in meter.Rules.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            Sample(text, $"postern_findings_total{{rule=\"{rule}\"}}", count);
        }

        One(text, "postern_inspected_bytes_total", "counter", "Bytes looked at.", meter.InspectedBytes);
        One(text, "postern_opaque_bytes_total", "counter", "Bytes that passed unread.", meter.OpaqueBytes);
        One(text, "postern_tunnels_total", "counter", "Opaque tunnels that ended.", meter.Tunnels);
        One(text, "postern_evidence_lost_total", "counter", "Records that could not be kept.", meter.Lost);
        One(text, "postern_kill_switch_active", "gauge", "1 while nothing passes.", halt.IsHalted ? 1 : 0);
        One(text, "postern_uptime_seconds", "gauge", "Seconds since the start.", facts.UptimeSeconds);
        Family(text, "postern_info", "gauge", "Version.");
        Sample(text, $"postern_info{{version=\"{facts.Version}\"}}", 1);
        return new(Reply.Own(200, "text/plain; version=0.0.4; charset=utf-8", Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static void One(StringBuilder text, string name, string type, string help, long value)
    {
        Family(text, name, type, help);
        Sample(text, name, value);
    }

    private static void Family(StringBuilder text, string name, string type, string help) =>
        text.Append("# HELP ").Append(name).Append(' ').Append(help).Append("\n# TYPE ").Append(name).Append(' ').Append(type).Append('\n');

    private static void Sample(StringBuilder text, string series, long value) =>
        text.Append(series).Append(' ').Append(value.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
