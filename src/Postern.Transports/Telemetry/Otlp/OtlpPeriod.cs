namespace Postern.Transports.Telemetry.Otlp;

/// <summary>What a sum covers.</summary>
/// <param name="Start">From when on it counts.</param>
/// <param name="End">Until when.</param>
internal readonly record struct OtlpPeriod(DateTimeOffset Start, DateTimeOffset End);
