namespace Postern.Transports.Telemetry.Emit;

/// <summary>How the oldest file of a chain begins.</summary>
/// <param name="Time">When, by the writer's clock; null while that is being written.</param>
/// <param name="Previous">The chain it follows; null when it follows none, or its header is not here any more.</param>
internal readonly record struct TrailBegin(string? Time, uint? Previous);
