using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>Letting messages through without their secrets. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record RedactionSection : ISection
{
    /// <summary>Whether a secret in a request body or header is replaced instead of refused.</summary>
    public bool Enabled { get; init; }

    /// <summary>Which profile says what is replaced.</summary>
    public string DefaultProfile { get; init; } = "";

    /// <summary>Profiles by name.</summary>
    public IReadOnlyList<RedactionProfile> Profiles { get; init; } = [];

    static SectionSchema ISection.Schema => field ??= new(
        "Letting messages through without their secrets: a placeholder such as [REDACTED:aws-access-key-id:1] stands in their place, and nothing else changes.",
        new Field<RedactionSection>("enabled", KindOf.Flag, Weakens.WhenRaised,
            s => s.Enabled, (s, v) => s with { Enabled = (bool)v },
            "Whether a secret in a request body or header is replaced instead of refused: request_body_scanning.action redact by another name. What is left is judged again; a secret in a URL, in a body longer than limits.hold_bytes, or where it cannot be replaced exactly, refuses."),
        new Field<RedactionSection>("default_profile", KindOf.Optional(TextFormats.Line), Weakens.Never,
            s => s.DefaultProfile, (s, v) => s with { DefaultProfile = (string)v },
            "Which profile says what is replaced; empty for everything."),
        new Field<RedactionSection>("profiles", KindOf.Items<RedactionProfile>(), Weakens.WhenGrown,
            s => s.Profiles, (s, v) => s with { Profiles = (IReadOnlyList<RedactionProfile>)v },
            "Profiles by name."));
}
