using Postern.Engine.Detection;

namespace Postern.Transports.Telemetry;

/// <summary>One finding, as far as a log may tell.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Place">The part it stands in.</param>
/// <param name="View">The chain that made it visible.</param>
public readonly record struct LogFinding(Rule Rule, string Place, string View);
