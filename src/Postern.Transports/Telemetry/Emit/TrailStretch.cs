namespace Postern.Transports.Telemetry.Emit;

/// <summary>Some of the evidence, in order.</summary>
/// <param name="Records">What was kept; headers and checkpoints are left out.</param>
/// <param name="End">Where to go on.</param>
/// <param name="Missed">Records before these that are not here any more.</param>
internal readonly record struct TrailStretch(IReadOnlyList<EmitEvent> Records, TrailMark End, long Missed);
