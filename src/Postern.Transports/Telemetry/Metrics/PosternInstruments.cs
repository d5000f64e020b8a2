using System.Diagnostics.Metrics;
using System.Globalization;
using Postern.Engine.Detection;
using Postern.Engine.Policy;
using Postern.Transports.Telemetry.Emit;

namespace Postern.Transports.Telemetry.Metrics;

/// <summary>
/// Every number of Postern's own: one table, one line a family. All of them are read when somebody asks, so nothing is measured on the
/// way of a message that is not counted anyway. Labels come from fixed words, configured names and rule ids; never from a request.
/// </summary>
internal sealed class PosternInstruments : IDisposable
{
    private readonly Meter _meter = new("Postern");
    private readonly MetricSources _from;

    /// <summary>Declares them.</summary>
    public PosternInstruments(MetricSources from)
    {
        _from = from;
        DeclareDecisions(from.Meter);
        DeclareStreams(from.Meter);
        DeclarePolicy();
        DeclareEvidence();
        DeclareSinks();
    }

    /// <summary>True for an instrument of these.</summary>
    public bool Owns(Instrument instrument) => ReferenceEquals(instrument.Meter, _meter);

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private void DeclareDecisions(DecisionMeter meter)
    {
        Counts("postern.rulings", "Rulings by transport and effect.", () => meter.Transports.OrderBy(static one => one.Key, StringComparer.Ordinal).SelectMany(static one => one.Value.Select((count, effect) =>
            Of(count, ("transport", one.Key), ("effect", VerdictNames.Of((Effect)effect, isFound: false))))));
        Counts("postern.messages", "Rulings by kind of message and direction.", () => meter.Messages.Select(static one =>
            Of(one.Count, ("kind", one.Kind.ToString().ToLowerInvariant()), ("direction", VerdictNames.Of(one.Direction)))));
        Counts("postern.refusals", "Refusals by the category of what was found first.", () => By("category", meter.Reasons));
        Count("postern.refusals.grave", "Refusals for something grave.", () => meter.Grave);
        Count("postern.observed", "Rulings that enforcing would have made otherwise.", () => meter.Observed);
        Counts("postern.findings", "Findings by rule.", () => By("rule", meter.Rules));
        Counts("postern.findings.categories", "Findings by category of rules.", () => By("category", meter.Categories));
        Counts("postern.findings.accepted", "Findings that cost nothing, by why.", () => By("why", meter.Acceptances));
        Counts("postern.findings.techniques", "Findings by technique of MITRE ATT&CK and ATLAS.", () => By("technique", TechniquesOf(meter)));
        Gauge("postern.refused.destinations", "Destinations that were refused at least once, as far as they are told apart.", () => meter.RefusedDestinations.Count);
        Count("postern.inspected", "Bytes looked at.", () => meter.InspectedBytes, "By");
        Count("postern.opaque", "Bytes that passed unread.", () => meter.OpaqueBytes, "By");
        Count("postern.notices", "What Postern said about itself.", () => meter.Notices);
    }

    private void DeclareStreams(DecisionMeter meter)
    {
        Count("postern.tunnels", "Opaque tunnels that ended.", () => meter.Tunnels);
        Count("postern.streams.opened", "Streams that began.", () => meter.Opened);
        Counts("postern.streams.ended", "Streams that ended, by how.", () => By("outcome", meter.Outcomes));
        Gauge("postern.streams.open", "Streams under way.", () => Math.Max(0, meter.Opened - meter.Outcomes.Values.Sum()));
        Count("postern.streams.pieces", "Pieces of streams that ended.", () => meter.Pieces);
    }

    private void DeclarePolicy()
    {
        var facts = _from.Facts;
        Gauge("postern.kill_switch.active", "1 while nothing passes.", () => _from.Halt.IsHalted ? 1 : 0);
        Gauge("postern.enforcing", "1 while refusals happen, 0 while they are only recorded.", () => _from.Policies.Current.Policy.Enforce ? 1 : 0);
        Gauge("postern.policy.revision", "The policy in force; each reload makes a new one.", () => _from.Policies.Current.Revision);
        Count("postern.policy.reloads", "Policies put in force since the start.", () => _from.Policies.Current.Revision - 1);
        Gauge("postern.rules", "Rules in force.", () => facts.Rules);
        Gauge("postern.tls_interception.enabled", "1 while tunnels are read.", () => facts.InterceptsTls ? 1 : 0);
        Gauge("postern.uptime", "Seconds since the start.", () => facts.UptimeSeconds, "s");
        Gauge("postern.start_time", "When it started, in seconds since 1970.", () => facts.Time.GetUtcNow().ToUnixTimeSeconds() - facts.UptimeSeconds, "s");
        Gauges("postern.info", "Version.", () => [Of(1, ("version", facts.Version))]);
        Count("postern.log.dropped", "Lines of the log that found its queue full.", () => facts.Log?.Dropped ?? 0);
    }

    private void DeclareEvidence()
    {
        var facts = _from.Facts;
        Count("postern.evidence.lost", "Records that could not be kept.", () => _from.Meter.Lost);
        Gauge("postern.evidence.healthy", "1 while records can be kept; 0 for good once one was lost, and then everything is refused.", () => facts.Evidence.LostBecause is null ? 1 : 0);
        Gauge("postern.evidence.checkpoint.records", "Records under the last signed checkpoint.", () => facts.Evidence.LastCheckpoint?.Size ?? 0);
        Gauge("postern.evidence.checkpoint.age", "Seconds since the last signed checkpoint; it grows while nothing is recorded.", CheckpointAge, "s");
        Gauge("postern.evidence.files", "Evidence files.", () => facts.Retention?.Held.Files ?? 0);
        Gauge("postern.evidence.size", "Evidence on disk.", () => facts.Retention?.Held.Bytes ?? 0, "By");
        Count("postern.evidence.deleted.files", "Evidence files that retention deleted.", () => facts.Retention?.Deleted ?? 0);
        Gauge("postern.evidence.legal_hold", "1 while nothing may be deleted.", () => facts.Retention?.IsHeld == true ? 1 : 0);
        Count("postern.captures", "Sealed copies of messages.", () => facts.Captures?.Taken ?? 0);
        Count("postern.captures.missed", "Messages that were not captured: the queue or the disk was full.", () => facts.Captures?.Missed ?? 0);
        Count("postern.captures.sealed", "Bytes of sealed copies.", () => facts.Captures?.SealedBytes ?? 0, "By");
    }

    private void DeclareSinks()
    {
        var sinks = _from.Facts.Sinks;
        Gauge("postern.emit.sinks", "Sinks that are told of decisions.", () => sinks.Count);
        Counts("postern.emit.delivered", "Events a sink took.", () => Each(static sink => sink.Delivered));
        Counts("postern.emit.failures", "Attempts that failed and are made again.", () => Each(static sink => sink.Failures));
        Counts("postern.emit.refused", "Events a sink does not take, which are left out.", () => Each(static sink => sink.Refused));
        Counts("postern.emit.missed", "Records that were deleted before a sink was told of them.", () => Each(static sink => sink.Missed));
        Gauges("postern.emit.pending", "Evidence a sink was not told of yet.", () => Each(static sink => sink.PendingBytes), "By");
        Gauges("postern.emit.up", "1 when the last attempt worked.", () => Each(static sink => sink.Trouble is null ? 1 : 0));
        Gauges("postern.emit.last_delivery", "When a sink took something last, in seconds since 1970; 0 for never.", () => Each(static sink => sink.LastDeliveryMs / 1000), "s");
        IEnumerable<Measurement<long>> Each(Func<EmitStatus, long> value) => sinks.Select(sink => Of(value(sink), ("sink", sink.Name)));
    }

    private long CheckpointAge() => _from.Facts.Evidence.LastCheckpoint is { } last
        && DateTimeOffset.TryParse(last.Time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var signed)
            ? Math.Max(0, (long)(_from.Facts.Time.GetUtcNow() - signed).TotalSeconds)
            : 0;

    private static IEnumerable<KeyValuePair<string, long>> TechniquesOf(DecisionMeter meter) => meter.Rules
        .SelectMany(static one => Techniques.Of(one.Key).Select(technique => (technique, one.Value)))
        .GroupBy(static one => one.technique, static one => one.Value)
        .Select(static group => KeyValuePair.Create(group.Key, group.Sum()));

    private static IEnumerable<Measurement<long>> By(string label, IEnumerable<KeyValuePair<string, long>> counts) =>
        counts.OrderBy(static one => one.Key, StringComparer.Ordinal).Select(one => Of(one.Value, (label, one.Key)));

    private static Measurement<long> Of(long value, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        var tags = new KeyValuePair<string, object?>[labels.Length];
        for (var i = 0; i < labels.Length; i++)
        {
            tags[i] = new(labels[i].Name, labels[i].Value);
        }

        return new Measurement<long>(value, tags);
    }

    private void Count(string name, string help, Func<long> value, string? unit = null) => _meter.CreateObservableCounter(name, value, unit, help);

    private void Counts(string name, string help, Func<IEnumerable<Measurement<long>>> values) => _meter.CreateObservableCounter(name, values, null, help);

    private void Gauge(string name, string help, Func<long> value, string? unit = null) => _meter.CreateObservableGauge(name, value, unit, help);

    private void Gauges(string name, string help, Func<IEnumerable<Measurement<long>>> values, string? unit = null) => _meter.CreateObservableGauge(name, values, unit, help);
}
