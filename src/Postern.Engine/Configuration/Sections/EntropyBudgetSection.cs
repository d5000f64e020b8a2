using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>How much that looks drawn by lot may leave. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
/// <param name="Enabled">Whether it is counted.</param>
/// <param name="BitsPerWindow">The budget.</param>
/// <param name="WindowMinutes">The window.</param>
/// <param name="Action">What going beyond it does.</param>
/// <param name="ExemptDomains">Where it is not counted.</param>
public sealed record EntropyBudgetSection(
    bool Enabled = false,
    int BitsPerWindow = 4096,
    int WindowMinutes = 5,
    PatternAction Action = PatternAction.Warn,
    IReadOnlyList<string>? ExemptDomains = null)
{
    /// <summary>Where it is not counted.</summary>
    public IReadOnlyList<string> ExemptDomains { get; init; } = ExemptDomains ?? [];

    internal static SectionSchema Schema => field ??= new(
        "How much that looks drawn by lot may leave, in query, body and messages.",
        static () => new EntropyBudgetSection(),
        new Field<EntropyBudgetSection>("enabled", KindOf.Flag, Weakens.WhenLowered,
            s => s.Enabled, (s, v) => s with { Enabled = (bool)v },
            "Whether it is counted. Ordinary words and numbers are not."),
        new Field<EntropyBudgetSection>("bits_per_window", KindOf.Whole(128, 1_000_000_000, "bits"), Weakens.WhenRaised,
            s => s.BitsPerWindow, (s, v) => s with { BitsPerWindow = (int)v },
            "The budget of one agent. A key of 256 bits in hexadecimal is about 240."),
        new Field<EntropyBudgetSection>("window_minutes", KindOf.Whole(1, 1440, "minutes"), Weakens.WhenLowered,
            s => s.WindowMinutes, (s, v) => s with { WindowMinutes = (int)v },
            "How long what left counts."),
        new Field<EntropyBudgetSection>("action", Choices.Pattern, Weakens.WhenRaised,
            s => s.Action, (s, v) => s with { Action = (PatternAction)v },
            "What going beyond it does. warn, because uploads of ordinary data go beyond it too."),
        new Field<EntropyBudgetSection>("exempt_domains", KindOf.Texts(HostFormats.Domain), Weakens.WhenGrown,
            s => s.ExemptDomains, (s, v) => s with { ExemptDomains = (IReadOnlyList<string>)v },
            "Where it is not counted."));
}
