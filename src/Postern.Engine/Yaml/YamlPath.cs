using System.Globalization;

namespace Postern.Engine.Yaml;

/// <summary>Finds the node of a full key such as <c>dlp.patterns[2].regex</c>.</summary>
internal static class YamlPath
{
    /// <summary>The node, or null when the file does not have it.</summary>
    public static YamlNode? Find(YamlNode? root, string path) => Walk(root, path, out var isWhole) is { } node && isWhole ? node : null;

    /// <summary>The node, or the innermost one around the place where it is missing; null for an empty file.</summary>
    public static YamlNode? FindNearest(YamlNode? root, string path) => Walk(root, path, out _);

    private static YamlNode? Walk(YamlNode? root, string path, out bool isWhole)
    {
        var node = root;
        foreach (var step in path.Split(['.', '['], StringSplitOptions.RemoveEmptyEntries))
        {
            if (Step(node, step) is not { } next)
            {
                isWhole = false;
                return node;
            }

            node = next;
        }

        isWhole = true;
        return node;
    }

    private static YamlNode? Step(YamlNode? node, string step)
    {
        if (!step.EndsWith(']'))
        {
            return node?.Find(step);
        }

        var isIndex = int.TryParse(step.AsSpan(0, step.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var index);
        return isIndex && index < node?.Items.Count ? node.Items[index] : null;
    }
}
