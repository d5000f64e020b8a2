using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>The Scan API. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
/// <param name="Listen">Where it listens.</param>
/// <param name="Auth">Who may use it.</param>
/// <param name="RateLimit">How often it may be used.</param>
/// <param name="MaxBodyBytes">Longest request.</param>
/// <param name="FieldLimits">Longest fields.</param>
/// <param name="Timeouts">Times.</param>
/// <param name="ConnectionLimit">How many connections may be open at once.</param>
/// <param name="Kinds">What it inspects.</param>
public sealed record ScanApiSection(
    string Listen = "",
    ScanApiAuthSection? Auth = null,
    ScanApiRateSection? RateLimit = null,
    long MaxBodyBytes = 1048576,
    ScanApiFieldLimitsSection? FieldLimits = null,
    ScanApiTimeoutsSection? Timeouts = null,
    int ConnectionLimit = 100,
    ScanApiKindsSection? Kinds = null)
{
    /// <summary>Who may use it.</summary>
    public ScanApiAuthSection Auth { get; init; } = Auth ?? new();

    /// <summary>How often it may be used.</summary>
    public ScanApiRateSection RateLimit { get; init; } = RateLimit ?? new();

    /// <summary>Longest fields.</summary>
    public ScanApiFieldLimitsSection FieldLimits { get; init; } = FieldLimits ?? new();

    /// <summary>Times.</summary>
    public ScanApiTimeoutsSection Timeouts { get; init; } = Timeouts ?? new();

    /// <summary>What it inspects.</summary>
    public ScanApiKindsSection Kinds { get; init; } = Kinds ?? new();

    internal static SectionSchema Schema => field ??= new(
        "The Scan API: verdicts for other programs, on a listener of its own.",
        static () => new ScanApiSection(),
        new Field<ScanApiSection>("listen", KindOf.Optional(NetworkFormats.Listen), Weakens.WhenRaised,
            s => s.Listen, (s, v) => s with { Listen = (string)v },
            "Where it listens. Not set: no Scan API.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<ScanApiSection>("auth", KindOf.Section(() => ScanApiAuthSection.Schema), Weakens.Never,
            s => s.Auth, (s, v) => s with { Auth = (ScanApiAuthSection)v },
            "Who may use it."),
        new Field<ScanApiSection>("rate_limit", KindOf.Section(() => ScanApiRateSection.Schema), Weakens.Never,
            s => s.RateLimit, (s, v) => s with { RateLimit = (ScanApiRateSection)v },
            "How often it may be used."),
        new Field<ScanApiSection>("max_body_bytes", KindOf.Bytes(1024, 64L << 20), Weakens.Never,
            s => s.MaxBodyBytes, (s, v) => s with { MaxBodyBytes = (long)v },
            "Longest request. 0 is an error: a request is held whole."),
        new Field<ScanApiSection>("field_limits", KindOf.Section(() => ScanApiFieldLimitsSection.Schema), Weakens.Never,
            s => s.FieldLimits, (s, v) => s with { FieldLimits = (ScanApiFieldLimitsSection)v },
            "Longest fields."),
        new Field<ScanApiSection>("timeouts", KindOf.Section(() => ScanApiTimeoutsSection.Schema), Weakens.Never,
            s => s.Timeouts, (s, v) => s with { Timeouts = (ScanApiTimeoutsSection)v },
            "Times."),
        new Field<ScanApiSection>("connection_limit", KindOf.Whole(1, 100000, "connections", "unlimited"), Weakens.Never,
            s => s.ConnectionLimit, (s, v) => s with { ConnectionLimit = (int)v },
            "How many connections may be open at once.") { NeedsRestart = true },
        new Field<ScanApiSection>("kinds", KindOf.Section(() => ScanApiKindsSection.Schema), Weakens.Never,
            s => s.Kinds, (s, v) => s with { Kinds = (ScanApiKindsSection)v },
            "What it inspects."));
}
