using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>How often the Scan API may be used. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record ScanApiRateSection : ISection
{
    /// <summary>Sustained rate.</summary>
    public int RequestsPerMinute { get; init; } = 600;

    /// <summary>How many may come at once.</summary>
    public int Burst { get; init; } = 50;

    static SectionSchema ISection.Schema => field ??= new(
        "How often the Scan API may be used.",
        new Field<ScanApiRateSection>("requests_per_minute", KindOf.Whole(1, 1000000, "requests per minute and token", "unlimited"), Weakens.Never,
            s => s.RequestsPerMinute, (s, v) => s with { RequestsPerMinute = (int)v },
            "Sustained rate; more are answered with 429."),
        new Field<ScanApiRateSection>("burst", KindOf.Whole(1, 100000, "requests"), Weakens.Never,
            s => s.Burst, (s, v) => s with { Burst = (int)v },
            "How many may come at once. 0 is an error."));
}
