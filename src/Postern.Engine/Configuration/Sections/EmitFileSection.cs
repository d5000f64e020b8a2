using Postern.Engine.Configuration.Schema;
using Postern.Engine.Policy;

namespace Postern.Engine.Configuration.Sections;

/// <summary>A file of events. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record EmitFileSection : ISection
{
    /// <summary>Which file.</summary>
    public string Path { get; init; } = "";

    /// <summary>What is worth writing.</summary>
    public Urgency MinSeverity { get; init; } = Urgency.Warn;

    /// <summary>How an event is written.</summary>
    public EmitFormat Format { get; init; } = EmitFormat.Json;

    /// <summary>When a new file is begun.</summary>
    public int MaxMb { get; init; } = 100;

    static SectionSchema ISection.Schema => field ??= new(
        "A file of events, one on a line.",
        new Field<EmitFileSection>("path", KindOf.Optional(TextFormats.Path), Weakens.WhenChanged,
            s => s.Path, (s, v) => s with { Path = (string)v },
            "Which file. Not set: none.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<EmitFileSection>("min_severity", Choices.Urgencies, Weakens.WhenRaised,
            s => s.MinSeverity, (s, v) => s with { MinSeverity = (Urgency)v },
            "What is worth writing; see webhook.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<EmitFileSection>("format", Choices.EmitFormats, Weakens.Never,
            s => s.Format, (s, v) => s with { Format = (EmitFormat)v },
            "How an event is written.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<EmitFileSection>("max_mb", KindOf.Whole(1, 100000, "mebibytes"), Weakens.Never,
            s => s.MaxMb, (s, v) => s with { MaxMb = (int)v },
            "When a new file is begun. The one before it stays beside it as PATH.1, and the one before that is gone.") { IsOutsidePolicy = true, NeedsRestart = true });
}
