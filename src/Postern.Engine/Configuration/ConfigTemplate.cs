using System.Collections.Immutable;

namespace Postern.Engine.Configuration;

/// <summary>Ready-made configurations with comments, as <c>config generate</c> writes them.</summary>
public static class ConfigTemplate
{
    /// <summary>The names of the presets.</summary>
    public static ImmutableArray<string> Presets { get; } =
        ["balanced", "strict", "audit", "claude-code", "cursor", "generic-agent", "hostile-model"];

    /// <summary>The YAML of a preset; null when there is none of that name.</summary>
    public static string? Generate(string preset)
    {
        if (!Presets.Contains(preset))
        {
            return null;
        }

        var name = $"Postern.Engine.Configuration.Presets.{preset}.yaml";
        using var stream = typeof(ConfigTemplate).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The preset {preset} was not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
