using Postern.Engine.Yaml;

namespace Postern.Program.Posture;

/// <summary>Reads the data that the program carries: scenarios and the frameworks they speak to.</summary>
internal static class PostureFile
{
    /// <summary>The roots of all embedded files whose name begins so, in the order of their names.</summary>
    public static IEnumerable<YamlNode> Read(string prefix)
    {
        var assembly = typeof(PostureFile).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            using var reader = new StreamReader(stream);
            var read = YamlReader.Read(reader.ReadToEnd());
            yield return read.Root is { } root && read.Faults.Count == 0 ? root : throw new InvalidOperationException($"{name}: {read.Faults.Count} faults");
        }
    }

    /// <summary>The text of a key; empty when it is not there.</summary>
    public static string TextOf(this YamlNode node, string key) => node.Find(key)?.Text ?? "";

    /// <summary>The items of a key's list; none when it is not there.</summary>
    public static IReadOnlyList<YamlNode> ItemsOf(this YamlNode node, string key) => node.Find(key)?.Items ?? [];
}
