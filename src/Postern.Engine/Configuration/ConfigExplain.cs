using System.Text;
using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration;

/// <summary>Answers <c>config explain KEY</c>.</summary>
public static class ConfigExplain
{
    /// <summary>Every full key of the vocabulary, in the order of the reference page; <c>[]</c> marks items of a list.</summary>
    public static IReadOnlyList<string> Keys => [.. ConfigKeys.All.Select(key => key.Path)];

    /// <summary>Explains a key.</summary>
    /// <param name="key">A full key such as <c>fetch_proxy.listen</c> or <c>dlp.patterns[].regex</c>.</param>
    /// <param name="loaded">The configuration in force, to tell the value and where it comes from; null leaves both empty.</param>
    /// <returns>The explanation, or null when there is no such key.</returns>
    public static ConfigExplanation? Find(string key, ConfigResult? loaded = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        return ConfigKeys.Find(key) is { } found ? Explain(found, loaded) : null;
    }

    /// <summary>What to say about a key that does not exist: advice for a retired one, else the nearest key; null when neither is known.</summary>
    public static string? Suggest(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (RetiredKeys.Find(key) is { } advice)
        {
            return advice;
        }

        var nearest = Nearest.Find(key, Keys) ?? Keys.FirstOrDefault(known => known.EndsWith("." + key, StringComparison.Ordinal));
        return nearest is null ? null : $"did you mean '{nearest}'?";
    }

    private static ConfigExplanation Explain(ConfigKey key, ConfigResult? loaded)
    {
        var kind = key.Setting.Kind;
        var value = loaded?.Config is { } config && kind is not SectionKind ? ValueOf(config, key.Path) : null;
        return new()
        {
            Key = key.Path,
            Meaning = key.Setting.Doc,
            Type = kind.Name,
            Unit = kind.Unit,
            Range = kind.Range,
            Default = kind is SectionKind || key.Setting.IsRequired ? "" : kind.Show(key.Default),
            Value = value ?? "",
            Source = value is null ? "" : loaded!.SourceOf(key.Path),
            Example = Example(key),
            Weakening = kind is SectionKind ? "" : kind.Describe(key.Setting.Weakens),
            NeedsRestart = key.Setting.NeedsRestart,
        };
    }

    /// <summary>Null for keys of list items, which have no single value.</summary>
    private static string? ValueOf(PosternConfig config, string path)
    {
        object section = config;
        var schema = PosternConfig.Schema;
        foreach (var step in path.Split('.'))
        {
            if (schema.Find(step) is not { } setting)
            {
                return null;
            }

            if (setting.Kind is not SectionKind nested)
            {
                return setting.Kind.Show(setting.Get(section));
            }

            (schema, section) = (nested.Schema, setting.Get(section));
        }

        return null;
    }

    private static string Example(ConfigKey key)
    {
        var yaml = new StringBuilder();
        var indent = "";
        foreach (var step in key.Parent.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            var isList = step.EndsWith("[]", StringComparison.Ordinal);
            yaml.Append(indent).Append(isList ? step[..^2] : step).Append(":\n");
            indent = indent.Replace('-', ' ') + (isList ? "  - " : "  ");
        }

        return yaml.Append(indent).Append(key.Setting.Key).Append(':').Append(ExampleValue(key, indent)).ToString();
    }

    private static string ExampleValue(ConfigKey key, string indent)
    {
        var deeper = "\n" + indent.Replace('-', ' ') + "  ";
        return key.Setting.Kind switch
        {
            SectionKind nested => deeper + FirstOf(nested.Schema),
            ItemsKind items => string.Concat(items.Schema.Settings.Where(setting => setting.IsRequired)
                .Select((setting, i) => $"{deeper}{(i == 0 ? "- " : "  ")}{setting.Key}: {setting.Kind.Example}")),
            var kind => " " + (kind.Example.Length > 0 ? kind.Example : kind.Show(key.Default)),
        };
    }

    /// <summary>A line of a section that is a value itself.</summary>
    private static string FirstOf(SectionSchema schema)
    {
        var setting = schema.Settings.First(setting => setting.Kind is not (SectionKind or ItemsKind));
        var example = setting.Kind.Example;
        return $"{setting.Key}: {(example.Length > 0 ? example : setting.Kind.Show(setting.Get(schema.Create())))}";
    }
}
