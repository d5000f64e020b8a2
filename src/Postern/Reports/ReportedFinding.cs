using Postern.Engine.Detection;
using Postern.Engine.Policy;

namespace Postern.Program.Reports;

/// <summary>A finding with what is needed to look it up.</summary>
/// <param name="Evidence">The record.</param>
/// <param name="Time">When, by the writer's clock.</param>
/// <param name="Actor">Who.</param>
/// <param name="Destination">Where to: server and tool, or scheme, host and port.</param>
/// <param name="Effect">What was decided.</param>
/// <param name="Finding">What was found.</param>
internal sealed record ReportedFinding(string Evidence, DateTimeOffset Time, string Actor, string Destination, Effect Effect, Finding Finding);
