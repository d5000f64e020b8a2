namespace Postern.Transports.Telemetry.Emit;

/// <summary>Which Postern tells.</summary>
/// <param name="Name">What it calls itself.</param>
/// <param name="Version">Its version.</param>
public sealed record EmitInstance(string Name, string Version);
