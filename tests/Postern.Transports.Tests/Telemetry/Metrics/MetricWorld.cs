using Postern.Engine.Evidence;
using Postern.Engine.Policy;
using Postern.Transports.Http.Local;
using Postern.Transports.Telemetry;
using Postern.Transports.Telemetry.Emit;
using Postern.Transports.Telemetry.Metrics;
using Postern.Transports.Tests.Conformance;
using Postern.Transports.Tests.Telemetry.Emit;

namespace Postern.Transports.Tests.Telemetry.Metrics;

/// <summary>A Postern that something happened to, so that every family has a number.</summary>
internal static class MetricWorld
{
    /// <summary>Its sources.</summary>
    public static async Task<MetricSources> MakeAsync(string version = "1.2.3")
    {
        var evidence = new FaultyEvidence();
        var meter = new DecisionMeter(evidence);
        foreach (var append in new Func<IEvidenceSink, ValueTask<EvidenceId>>[] { Told.Request, Told.Response, Told.Refusal, Told.Notice })
        {
            await append(meter);
        }

        var facts = new ServiceFacts(version, 3, true, evidence, TimeProvider.System)
        {
            Sinks = [new EmitStatus("webhook", static () => 17), new EmitStatus("syslog", static () => 0)],
        };
        return new MetricSources(meter, new PolicyHolder(new PolicySnapshot(1, "test", TestPolicies.Default())), new Switch(), facts);
    }

    /// <summary>Every name that <c>/metrics</c> has, as queries use it.</summary>
    public static async Task<HashSet<string>> NamesAsync() =>
        [.. MetricScrape.Take(await MakeAsync()).Select(static family => family.Name + (family.IsCounter ? "_total" : ""))];
}
