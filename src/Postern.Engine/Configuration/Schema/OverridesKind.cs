using System.Text;
using Postern.Engine.Yaml;

namespace Postern.Engine.Configuration.Schema;

/// <summary>A part of the vocabulary inside itself: keys of the top level with the values that they have for one agent.</summary>
internal sealed class OverridesKind : SettingKind
{
    /// <summary>What the policy of one exchange is made of. Everything else is one for the whole program.</summary>
    private static readonly string[] s_sections =
    [
        "mode", "enforce", "api_allowlist", "trusted_domains", "internal", "ssrf", "fetch_proxy", "tls_interception", "dlp", "request_body_scanning", "response_scanning", "redaction", "seed_phrase_detection",
        "address_protection", "cross_request_detection", "media_policy", "browser_shield", "suppress", "mcp_tool_policy", "mcp_tool_scanning", "mcp_session_binding", "a2a_scanning", "behavioral_baseline",
        "mediation_envelope", "rules", "tool_chain_detection", "budget", "taint", "session_profiling", "adaptive_enforcement", "airlock",
    ];

    /// <summary>What is read once, for everybody.</summary>
    private static readonly string[] s_shared = ["dlp.scan_env", "dlp.min_env_secret_length", "dlp.secrets_file", "rules.rules_dir", "rules.trusted_keys", "rules.bundles"];

    public override string Name => "section of other keys";

    public override string Range => $"keys of {string.Join(", ", s_sections)}";

    public override string Example => "{ enforce: true }";

    /// <summary>True when one agent may have a value of its own.</summary>
    public static bool Admits(string key, Setting setting) =>
        !setting.NeedsRestart && !setting.Kind.IsSecret && Array.IndexOf(s_shared, key) < 0 && Array.IndexOf(s_sections, key.Split('.')[0]) >= 0;

    public override object? Read(YamlNode node, BindScope scope)
    {
        var values = new List<ConfigOverride>();
        return node.Kind == YamlKind.Mapping && Collect(node, scope, new("", PosternConfig.Schema, []), values) ? new ConfigOverrides(values)
            : node.Kind == YamlKind.Mapping ? null
            : scope.Fail(node, "expected a section: indented keys below it");
    }

    public override string Show(object value) => Values(value) is { Count: > 0 } values
        ? $"{{ {string.Join(", ", values.Select(static one => $"{one.Key}: {one.Setting.Kind.Show(one.Value)}"))} }}"
        : "{}";

    public override void WriteCanonical(object value, StringBuilder json)
    {
        json.Append('{');
        var written = 0;
        foreach (var one in Values(value).OrderBy(static one => one.Key, StringComparer.Ordinal))
        {
            json.Append(written++ > 0 ? "," : "");
            JsonText.Write(one.Key, json);
            json.Append(':');
            one.Setting.Kind.WriteCanonical(one.Value, json);
        }

        json.Append('}');
    }

    private static IReadOnlyList<ConfigOverride> Values(object value) => ((ConfigOverrides)value).Values;

    private static bool Collect(YamlNode mapping, BindScope scope, Level level, List<ConfigOverride> values)
    {
        var isComplete = true;
        foreach (var (key, node) in mapping.Entries.Where(static entry => !entry.Value.IsNull).Select(static entry => (entry.Key, entry.Value)))
        {
            var inner = scope.Under(key.Text);
            var path = level.Path.Length == 0 ? key.Text : $"{level.Path}.{key.Text}";
            if (level.Schema.Find(key.Text) is not { } setting)
            {
                scope.Log.Add(key, scope.Under(PrintableText.Of(key.Text)).Path, UnknownKey.Explain(level.Schema, level.Path, key.Text));
                isComplete = false;
            }
            else if (!Admits(path, setting))
            {
                isComplete &= inner.Fail(key, "is one for the whole program; no agent can have a value of its own") is not null;
            }
            else if (setting.Kind is SectionKind nested && node.Kind == YamlKind.Mapping)
            {
                isComplete &= Collect(node, inner, new(path, nested.Schema, [.. level.Above, setting]), values);
            }
            else if (setting.Kind.Read(node, inner) is { } value)
            {
                values.Add(new ConfigOverride([.. level.Above, setting], value));
            }
            else
            {
                isComplete = false;
            }
        }

        return isComplete;
    }

    /// <summary>Where in the vocabulary the reader stands.</summary>
    private readonly record struct Level(string Path, SectionSchema Schema, Setting[] Above);
}
