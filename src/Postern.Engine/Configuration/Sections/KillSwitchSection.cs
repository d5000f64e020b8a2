using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>Refusing everything at once. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record KillSwitchSection : ISection
{
    /// <summary>Whether the switch is pulled by this file.</summary>
    public bool Enabled { get; init; }

    /// <summary>While this file exists everything is refused.</summary>
    public string SentinelFile { get; init; } = "";

    static SectionSchema ISection.Schema => field ??= new(
        "Refusing everything at once.",
        new Field<KillSwitchSection>("enabled", KindOf.Flag, Weakens.WhenLowered,
            s => s.Enabled, (s, v) => s with { Enabled = (bool)v },
            "Whether the switch is pulled by this file. The sentinel file and a signal pull it too; each holds it on its own. Postern's own pages (/health, /metrics) always answer."),
        new Field<KillSwitchSection>("sentinel_file", KindOf.Optional(TextFormats.Path), Weakens.WhenChanged,
            s => s.SentinelFile, (s, v) => s with { SentinelFile = (string)v },
            "While this file exists everything is refused; so it is when its existence cannot be determined.") { IsOutsidePolicy = true });
}
