using Postern.Engine.Configuration.Schema;
using Postern.Engine.Policy;

namespace Postern.Engine.Configuration.Sections;

/// <summary>An OpenTelemetry collector. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record EmitOtlpSection : ISection
{
    /// <summary>Where it listens.</summary>
    public string Endpoint { get; init; } = "";

    /// <summary>Fields that go along.</summary>
    public IReadOnlyList<SecretText> Headers { get; init; } = [];

    /// <summary>Which events are sent as logs.</summary>
    public Urgency MinSeverity { get; init; } = Urgency.Warn;

    /// <summary>Whether exchanges are sent as spans.</summary>
    public bool Traces { get; init; }

    /// <summary>How often metrics are sent.</summary>
    public int MetricsIntervalSeconds { get; init; }

    /// <summary>How long an answer may take.</summary>
    public int TimeoutSeconds { get; init; } = 10;

    static SectionSchema ISection.Schema => field ??= new(
        "An OpenTelemetry collector that takes OTLP/HTTP as JSON.",
        new Field<EmitOtlpSection>("endpoint", KindOf.Optional(NetworkFormats.Upstream), Weakens.WhenChanged,
            s => s.Endpoint, (s, v) => s with { Endpoint = (string)v },
            "Where it listens, without /v1/logs and the like. Not set: nowhere.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<EmitOtlpSection>("headers", KindOf.Secrets, Weakens.Never,
            s => s.Headers, (s, v) => s with { Headers = (IReadOnlyList<SecretText>)v },
            "Header fields that go along, each as name:value, for collectors that ask for a key.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<EmitOtlpSection>("min_severity", Choices.Urgencies, Weakens.WhenRaised,
            s => s.MinSeverity, (s, v) => s with { MinSeverity = (Urgency)v },
            "Which events are sent as logs; see webhook.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<EmitOtlpSection>("traces", KindOf.Flag, Weakens.Never,
            s => s.Traces, (s, v) => s with { Traces = (bool)v },
            "Whether every exchange is sent as a span.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<EmitOtlpSection>("metrics_interval_seconds", KindOf.Whole(0, 3600, "seconds", "no metrics are sent; /metrics has them"), Weakens.Never,
            s => s.MetricsIntervalSeconds, (s, v) => s with { MetricsIntervalSeconds = (int)v },
            "How often metrics are sent.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<EmitOtlpSection>("timeout_seconds", KindOf.Whole(1, 120, "seconds"), Weakens.Never,
            s => s.TimeoutSeconds, (s, v) => s with { TimeoutSeconds = (int)v },
            "How long an answer may take; then it is tried again.") { IsOutsidePolicy = true, NeedsRestart = true });
}
