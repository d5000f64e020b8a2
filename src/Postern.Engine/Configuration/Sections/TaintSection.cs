using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>What may be done after text of strangers was read. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record TaintSection : ISection
{
    private static readonly string[] s_protected =
        ["auth/*", "*/auth/*", "security/*", "*/security/*", ".github/workflows/*", "*/.github/workflows/*", ".gitlab-ci.yml", ".env*", "*/.env*", "*secret*", "policy/*", "*/policy/*", "*sandbox*", "*/.ssh/*", "*postern*"];

    private static readonly string[] s_elevated =
        ["config/*", "*/config/*", "*.conf", "*middleware*", "*/settings.*", "Dockerfile", "*/Dockerfile", "package.json", "*/package.json"];

    /// <summary>Whether it is remembered that an agent has read what strangers wrote.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>What is asked for after text of strangers.</summary>
    public TaintPolicy Policy { get; init; } = TaintPolicy.Balanced;

    /// <summary>How long taint lasts after the last such text.</summary>
    public int ExpiresMinutes { get; init; } = 60;

    /// <summary>Files that say who may do what.</summary>
    public IReadOnlyList<string> ProtectedPaths { get; init; } = s_protected;

    /// <summary>Files that say how programs run.</summary>
    public IReadOnlyList<string> ElevatedPaths { get; init; } = s_elevated;

    static SectionSchema ISection.Schema => field ??= new(
        "What may be done after text of strangers was read.",
        new Field<TaintSection>("enabled", KindOf.Flag, Weakens.WhenLowered,
            s => s.Enabled, (s, v) => s with { Enabled = (bool)v },
            "Whether it is remembered that an agent has read what strangers wrote."),
        new Field<TaintSection>("policy", Choices.TaintPolicies, Weakens.WhenRaised,
            s => s.Policy, (s, v) => s with { Policy = (TaintPolicy)v },
            "What is asked for after text of strangers. permissive: changes of protected files. balanced: also showing credentials and making something start again. strict: also running programs, sending, and changes of elevated files. After text that tried to take over the model, changes of protected and elevated files, running, sending, credentials and start-up are refused under each of them."),
        new Field<TaintSection>("expires_minutes", KindOf.Whole(1, 10080, "minutes"), Weakens.WhenLowered,
            s => s.ExpiresMinutes, (s, v) => s with { ExpiresMinutes = (int)v },
            "How long taint lasts after the last such text. Nothing that an agent says clears it."),
        new Field<TaintSection>("protected_paths", KindOf.Texts(TextFormats.PathGlob), Weakens.WhenShrunk,
            s => s.ProtectedPaths, (s, v) => s with { ProtectedPaths = (IReadOnlyList<string>)v },
            "Files that say who may do what."),
        new Field<TaintSection>("elevated_paths", KindOf.Texts(TextFormats.PathGlob), Weakens.WhenShrunk,
            s => s.ElevatedPaths, (s, v) => s with { ElevatedPaths = (IReadOnlyList<string>)v },
            "Files that say how programs run."));
}
