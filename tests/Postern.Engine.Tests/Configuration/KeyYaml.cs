using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Tests.Configuration;

/// <summary>Writes the YAML that sets one key, with the siblings that an item of a list must have.</summary>
internal static class KeyYaml
{
    /// <summary>The YAML, with the key's own line last; more lines at the same depth may follow in <paramref name="more"/>.</summary>
    public static string Set(string key, string value, params string[] more)
    {
        var path = key.Split('.');
        var yaml = new List<string>();
        var indent = "";
        for (var i = 0; i < path.Length - 1; i++)
        {
            var isList = path[i].EndsWith("[]", StringComparison.Ordinal);
            yaml.Add($"{indent}{path[i].Replace("[]", "", StringComparison.Ordinal)}:");
            indent = new string(' ', indent.Length + 2);
            if (isList)
            {
                yaml.Add($"{indent}-");
                indent += "  ";
                yaml.AddRange(RequiredSiblings(string.Join('.', path[..(i + 1)]), key).Select(sibling => indent + sibling));
            }
        }

        yaml.Add($"{indent}{path[^1]}: {value}");
        yaml.AddRange(more.Select(line => indent + line));
        return string.Join('\n', yaml) + "\n";
    }

    private static IEnumerable<string> RequiredSiblings(string list, string key) => ConfigKeys.All
        .Where(other => other.Parent == list && other.Setting.IsRequired && other.Path != key)
        .Select(other => $"{other.Setting.Key}: {other.Setting.Kind.Example}");
}
