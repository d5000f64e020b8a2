using System.Collections.Immutable;

namespace Postern.Engine.Configuration;

/// <summary>Ready-made configurations with comments, as <c>config generate</c> writes them.</summary>
public static class ConfigTemplate
{
    /// <summary>The names of the presets.</summary>
    public static ImmutableArray<string> Presets { get; } =
        ["balanced", "strict", "audit", "claude-code", "cursor", "generic-agent", "hostile-model"];

    /// <summary>The YAML of a preset; null when there is none of that name.</summary>
    public static string? Generate(string preset) =>
        Presets.Contains(preset) ? EmbeddedTable.ReadText($"Postern.Engine.Configuration.Presets.{preset}.yaml") : null;
}
