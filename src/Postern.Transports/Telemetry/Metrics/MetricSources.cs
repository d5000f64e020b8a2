using Postern.Engine.Inspection;
using Postern.Engine.Policy;
using Postern.Transports.Http.Local;

namespace Postern.Transports.Telemetry.Metrics;

/// <summary>Where the numbers come from.</summary>
/// <param name="Meter">What was decided.</param>
/// <param name="Policies">The policy in force.</param>
/// <param name="Halt">The kill switch.</param>
/// <param name="Facts">What Postern says about itself.</param>
public sealed record MetricSources(DecisionMeter Meter, PolicyHolder Policies, IHalt Halt, ServiceFacts Facts);
