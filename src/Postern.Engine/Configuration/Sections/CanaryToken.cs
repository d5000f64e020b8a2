using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>A value planted to be stolen. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record CanaryToken : ISection
{
    /// <summary>What the finding is called.</summary>
    public string Name { get; init; } = "";

    /// <summary>The value itself.</summary>
    public SecretText? Value { get; init; }

    static SectionSchema ISection.Schema => field ??= new(
        "A value planted to be stolen.",
        new Field<CanaryToken>("name", KindOf.Text(TextFormats.ValueClass), Weakens.Never,
            s => s.Name, (s, v) => s with { Name = (string)v },
            "What the finding is called: secret.canary.NAME. Say where it is planted; refusals show it.") { IsRequired = true },
        new Field<CanaryToken>("value", KindOf.Secret(8), Weakens.WhenChanged,
            s => s.Value ?? SecretKind.Unset, (s, v) => s with { Value = (SecretText)v },
            "The value itself, unique in the list.") { IsRequired = true });
}
