using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>What some tools do. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record ToolCategoryEntry : ISection
{
    /// <summary>What they do.</summary>
    public string Category { get; init; } = "";

    /// <summary>Names of tools.</summary>
    public IReadOnlyList<string> Tools { get; init; } = [];

    static SectionSchema ISection.Schema => field ??= new(
        "What some tools do.",
        new Field<ToolCategoryEntry>("category", KindOf.Text(TextFormats.CallCategory), Weakens.Never,
            s => s.Category, (s, v) => s with { Category = (string)v },
            "What they do: read, write, exec, network, send, fetch, env, list, persist, secret, screenshot or database.") { IsRequired = true },
        new Field<ToolCategoryEntry>("tools", KindOf.Texts(TextFormats.Tool), Weakens.WhenChanged,
            s => s.Tools, (s, v) => s with { Tools = (IReadOnlyList<string>)v },
            "Names of tools; * stands for any run of characters."));
}
