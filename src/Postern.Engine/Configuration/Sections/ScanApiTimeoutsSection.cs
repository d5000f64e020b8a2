using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>Times of the Scan API. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
/// <param name="ReadSeconds">For reading a request.</param>
/// <param name="WriteSeconds">For writing an answer.</param>
/// <param name="ScanSeconds">For one inspection.</param>
public sealed record ScanApiTimeoutsSection(
    int ReadSeconds = 2,
    int WriteSeconds = 2,
    int ScanSeconds = 5)
{
    internal static SectionSchema Schema => field ??= new(
        "Times of the Scan API.",
        static () => new ScanApiTimeoutsSection(),
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
