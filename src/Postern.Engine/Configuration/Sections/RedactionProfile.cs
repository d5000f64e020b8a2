using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>What is replaced by placeholders. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record RedactionProfile : ISection
{
    /// <summary>What redaction.default_profile calls it.</summary>
    public string Name { get; init; } = "";

    /// <summary>Classes of secrets.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    static SectionSchema ISection.Schema => field ??= new(
        "What is replaced by placeholders.",
        new Field<RedactionProfile>("name", KindOf.Text(TextFormats.Line), Weakens.Never,
            s => s.Name, (s, v) => s with { Name = (string)v },
            "What redaction.default_profile calls it; unique in the list.") { IsRequired = true },
        new Field<RedactionProfile>("classes", KindOf.Texts(TextFormats.ValueClass), Weakens.WhenGrown,
            s => s.Classes, (s, v) => s with { Classes = (IReadOnlyList<string>)v },
            "Classes of secrets: the ids of rules without 'secret.', dots as hyphens. A class stands for those that continue it too: aws is aws-access-key-id and the others of AWS. Secrets of other classes refuse; empty for all classes."));
}
