using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>Putting pieces of secrets together. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
/// <param name="Enabled">Whether pieces are put together.</param>
/// <param name="WindowMinutes">How long a piece is kept.</param>
public sealed record FragmentReassemblySection(
    bool Enabled = true,
    int WindowMinutes = 5)
{
    internal static SectionSchema Schema => field ??= new(
        "Putting pieces of secrets together.",
        static () => new FragmentReassemblySection(),
        new Field<FragmentReassemblySection>("enabled", KindOf.Flag, Weakens.WhenLowered,
            s => s.Enabled, (s, v) => s with { Enabled = (bool)v },
            "Whether pieces that one agent sent are put together, names and values apart."),
        new Field<FragmentReassemblySection>("window_minutes", KindOf.Whole(1, 1440, "minutes"), Weakens.WhenLowered,
            s => s.WindowMinutes, (s, v) => s with { WindowMinutes = (int)v },
            "How long a piece is kept. Longer than that between two pieces, and they are not put together."));
}
