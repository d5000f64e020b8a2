using Postern.Engine.Yaml;

namespace Postern.Program.Posture;

/// <summary>The scenarios, from the files that are embedded: one file for each category.</summary>
internal static class ScenarioCatalogue
{
    private const string Prefix = "Postern.scenarios.";

    /// <summary>All categories, in the order of their files' names.</summary>
    public static IReadOnlyList<ScenarioCategory> All => field ??= [.. PostureFile.Read(Prefix).Select(CategoryOf)];

    private static ScenarioCategory CategoryOf(YamlNode root) => new(
        root.TextOf("category"), root.TextOf("title"), int.Parse(root.TextOf("weight"), System.Globalization.CultureInfo.InvariantCulture),
        [.. root.ItemsOf("scenarios").Select(ScenarioOf)]);

    private static Scenario ScenarioOf(YamlNode node) => new(node.TextOf("id"), node.TextOf("title"), [.. node.ItemsOf("rules").Select(static rule => rule.Text)])
    {
        Fix = node.TextOf("fix"),
        IsCritical = node.TextOf("critical") == "true",
        Attack = StepsOf(node.Find("attack")),
        Benign = StepsOf(node.Find("benign")),
    };

    /// <summary>One step is a mapping of a carrier to its payload; several are a list of those.</summary>
    private static IReadOnlyList<ScenarioStep> StepsOf(YamlNode? node) => node switch
    {
        { Kind: YamlKind.Sequence } => [.. node.Items.SelectMany(StepsOf)],
        { Kind: YamlKind.Mapping } => [.. node.Entries.Select(static entry => new ScenarioStep(entry.Key.Text, entry.Value.Text))],
        _ => [],
    };
}
