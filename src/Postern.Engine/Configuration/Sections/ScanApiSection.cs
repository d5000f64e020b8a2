using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>The Scan API. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record ScanApiSection : ISection
{
    /// <summary>Where it listens.</summary>
    public string Listen { get; init; } = "";

    /// <summary>Who may use it.</summary>
    public ScanApiAuthSection Auth { get; init; } = new();

    /// <summary>How often it may be used.</summary>
    public ScanApiRateSection RateLimit { get; init; } = new();

    /// <summary>Longest request.</summary>
    public long MaxBodyBytes { get; init; } = 1048576;

    /// <summary>Longest fields.</summary>
    public ScanApiFieldLimitsSection FieldLimits { get; init; } = new();

    /// <summary>Times.</summary>
    public ScanApiTimeoutsSection Timeouts { get; init; } = new();

    /// <summary>How many connections may be open at once.</summary>
    public int ConnectionLimit { get; init; } = 100;

    /// <summary>What it inspects.</summary>
    public ScanApiKindsSection Kinds { get; init; } = new();

    static SectionSchema ISection.Schema => field ??= new(
        "The Scan API: verdicts for other programs, on a listener of its own.",
        new Field<ScanApiSection>("listen", KindOf.Optional(NetworkFormats.Listen), Weakens.WhenRaised,
            s => s.Listen, (s, v) => s with { Listen = (string)v },
            "Where it listens. Not set: no Scan API.") { IsOutsidePolicy = true, NeedsRestart = true },
        Nested.Of("auth", (ScanApiSection s) => s.Auth, (s, v) => s with { Auth = v },
            "Who may use it."),
        Nested.Of("rate_limit", (ScanApiSection s) => s.RateLimit, (s, v) => s with { RateLimit = v },
            "How often it may be used."),
        new Field<ScanApiSection>("max_body_bytes", KindOf.Bytes(1024, 64L << 20), Weakens.Never,
            s => s.MaxBodyBytes, (s, v) => s with { MaxBodyBytes = (long)v },
            "Longest request. 0 is an error: a request is held whole."),
        Nested.Of("field_limits", (ScanApiSection s) => s.FieldLimits, (s, v) => s with { FieldLimits = v },
            "Longest fields."),
        Nested.Of("timeouts", (ScanApiSection s) => s.Timeouts, (s, v) => s with { Timeouts = v },
            "Times."),
        new Field<ScanApiSection>("connection_limit", KindOf.Whole(1, 100000, "connections", "unlimited"), Weakens.Never,
            s => s.ConnectionLimit, (s, v) => s with { ConnectionLimit = (int)v },
            "How many connections may be open at once.") { NeedsRestart = true },
        Nested.Of("kinds", (ScanApiSection s) => s.Kinds, (s, v) => s with { Kinds = v },
            "What it inspects."));
}
