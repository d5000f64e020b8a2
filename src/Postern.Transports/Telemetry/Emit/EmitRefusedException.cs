namespace Postern.Transports.Telemetry.Emit;

/// <summary>A sink does not take what it was told, and would not the next time.</summary>
internal sealed class EmitRefusedException(string message) : Exception(message);
