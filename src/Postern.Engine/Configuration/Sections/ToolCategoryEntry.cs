using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>What some tools do. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
/// <param name="Category">What they do.</param>
/// <param name="Tools">Names of tools.</param>
public sealed record ToolCategoryEntry(
    string Category = "",
    IReadOnlyList<string>? Tools = null)
{
    /// <summary>Names of tools.</summary>
    public IReadOnlyList<string> Tools { get; init; } = Tools ?? [];

    internal static SectionSchema Schema => field ??= new(
        "What some tools do.",
        static () => new ToolCategoryEntry(),
        new Field<ToolCategoryEntry>("category", KindOf.Text(TextFormats.CallCategory), Weakens.Never,
            s => s.Category, (s, v) => s with { Category = (string)v },
            "What they do: read, write, exec, network, send, fetch, env, list, persist, secret, screenshot or database.") { IsRequired = true },
        new Field<ToolCategoryEntry>("tools", KindOf.Texts(TextFormats.Tool), Weakens.WhenChanged,
            s => s.Tools, (s, v) => s with { Tools = (IReadOnlyList<string>)v },
            "Names of tools; * stands for any run of characters."));
}
