using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>How much that looks drawn by lot may leave. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record EntropyBudgetSection : ISection
{
    /// <summary>Whether it is counted.</summary>
    public bool Enabled { get; init; }

    /// <summary>The budget.</summary>
    public int BitsPerWindow { get; init; } = 4096;

    /// <summary>How long what left counts.</summary>
    public int WindowMinutes { get; init; } = 5;

    /// <summary>What going beyond it does.</summary>
    public PatternAction Action { get; init; } = PatternAction.Warn;

    /// <summary>Where it is not counted.</summary>
    public IReadOnlyList<string> ExemptDomains { get; init; } = [];

    static SectionSchema ISection.Schema => field ??= new(
        "How much that looks drawn by lot may leave, in query, body and messages.",
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
