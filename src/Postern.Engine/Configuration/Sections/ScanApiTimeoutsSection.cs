using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>Times of the Scan API. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record ScanApiTimeoutsSection : ISection
{
    /// <summary>For reading a request.</summary>
    public int ReadSeconds { get; init; } = 2;

    /// <summary>For writing an answer.</summary>
    public int WriteSeconds { get; init; } = 2;

    /// <summary>For one inspection.</summary>
    public int ScanSeconds { get; init; } = 5;

    static SectionSchema ISection.Schema => field ??= new(
        "Times of the Scan API.",
        new Field<ScanApiTimeoutsSection>("read", KindOf.Duration(1, 300), Weakens.Never,
            s => s.ReadSeconds, (s, v) => s with { ReadSeconds = (int)v },
            "For reading a request.") { NeedsRestart = true },
        new Field<ScanApiTimeoutsSection>("write", KindOf.Duration(1, 300), Weakens.Never,
            s => s.WriteSeconds, (s, v) => s with { WriteSeconds = (int)v },
            "For writing an answer.") { NeedsRestart = true },
        new Field<ScanApiTimeoutsSection>("scan", KindOf.Duration(1, 300), Weakens.Never,
            s => s.ScanSeconds, (s, v) => s with { ScanSeconds = (int)v },
            "For one inspection; when it is over the answer is 503, never allow."));
}
