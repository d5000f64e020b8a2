namespace Postern.Transports.Telemetry.Metrics;

/// <summary>One number of a family.</summary>
/// <param name="Labels">What tells it apart from the others.</param>
/// <param name="Value">The number.</param>
internal readonly record struct MetricSample(KeyValuePair<string, string>[] Labels, double Value);
