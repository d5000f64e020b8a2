using Postern.Engine.Inspection;
using Postern.Engine.Policy;
using Postern.Transports.Http.Local;
using Postern.Transports.Http.Peers;
using Postern.Transports.Telemetry;
using Postern.Transports.Telemetry.Metrics;

namespace Postern.Transports.Http;

/// <summary>What the main listener is made of.</summary>
/// <param name="Inspector">The checkpoint.</param>
/// <param name="Policies">The policy in force.</param>
/// <param name="Meter">Counts, on the way to the evidence; the inspector's sink.</param>
/// <param name="Facts">What Postern says about itself.</param>
/// <param name="Time">The clock.</param>
public sealed record ProxyParts(Inspector Inspector, PolicyHolder Policies, DecisionMeter Meter, ServiceFacts Facts, TimeProvider Time)
{
    /// <summary>Finds the processes behind connections; null where that cannot be done.</summary>
    public PeerLookup? Peers { get; init; }

    /// <summary>What is told of all this in numbers.</summary>
    public MetricSources Metrics => new(Meter, Policies, Inspector.Halt, Facts);
}
