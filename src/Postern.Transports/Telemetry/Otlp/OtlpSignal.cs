namespace Postern.Transports.Telemetry.Otlp;

/// <summary>One of the three things OTLP carries.</summary>
/// <param name="Path">Where it is posted, below the endpoint.</param>
/// <param name="Frame">The end of its frame's names.</param>
/// <param name="Items">The innermost list.</param>
/// <param name="Rejected">What an answer counts that was not taken.</param>
internal sealed record OtlpSignal(string Path, string Frame, string Items, string Rejected)
{
    public static readonly OtlpSignal Logs = new("/v1/logs", "Logs", "logRecords", "rejectedLogRecords");
    public static readonly OtlpSignal Traces = new("/v1/traces", "Spans", "spans", "rejectedSpans");
    public static readonly OtlpSignal Metrics = new("/v1/metrics", "Metrics", "metrics", "rejectedDataPoints");
}
