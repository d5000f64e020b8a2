using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>Putting pieces of secrets together. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record FragmentReassemblySection : ISection
{
    /// <summary>Whether pieces are put together.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>How long a piece is kept.</summary>
    public int WindowMinutes { get; init; } = 5;

    static SectionSchema ISection.Schema => field ??= new(
        "Putting pieces of secrets together.",
        new Field<FragmentReassemblySection>("enabled", KindOf.Flag, Weakens.WhenLowered,
            s => s.Enabled, (s, v) => s with { Enabled = (bool)v },
            "Whether pieces are put together, those of one agent, names and values apart."),
        new Field<FragmentReassemblySection>("window_minutes", KindOf.Whole(1, 1440, "minutes"), Weakens.WhenLowered,
            s => s.WindowMinutes, (s, v) => s with { WindowMinutes = (int)v },
            "How long a piece is kept. Longer than that between two pieces, and they are not put together."));
}
