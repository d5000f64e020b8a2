using Postern.Engine.Yaml;

namespace Postern.Program.Migration;

/// <summary>What becomes of one key of the reference's configuration. Written in <c>reference-keys.yaml</c>, where the words are explained.</summary>
internal sealed record KeyRule
{
    /// <summary>Same name, same meaning.</summary>
    public static KeyRule Keep { get; } = new();

    /// <summary>The key here, within the section or item; empty for the same.</summary>
    public string To { get; private init; } = "";

    /// <summary>The key of the top level whose rule holds; empty for its own.</summary>
    public string Like { get; private init; } = "";

    /// <summary>Why it is not needed; null when it is, empty for what the vocabulary says of it.</summary>
    public string? Drop { get; private init; }

    /// <summary>What to do instead of what cannot be written; empty when it can.</summary>
    public string Lost { get; private init; } = "";

    /// <summary>What means something else here.</summary>
    public string Note { get; private init; } = "";

    /// <summary>A key that must be true there, or this one had no effect; empty for none.</summary>
    public string Needs { get; private init; } = "";

    /// <summary>The default there, as YAML; null where it is the same or worth nothing.</summary>
    public YamlNode? Default { get; private init; }

    /// <summary>Other words for values.</summary>
    public YamlNode? Words { get; private init; }

    /// <summary>True when a value without another word cannot be written.</summary>
    public bool IsClosed { get; private init; }

    /// <summary>How the value is shaped anew: <c>regex</c>, <c>search</c>, <c>name</c>, <c>list</c>, <c>pairs</c> or <c>sequence</c>; empty for as it is.</summary>
    public string Shape { get; private init; } = "";

    /// <summary>The member that takes the name, where a section of names becomes a list; empty for any other.</summary>
    public string Named { get; private init; } = "";

    /// <summary>The member that takes what stands behind the name; empty when that is a section itself.</summary>
    public string Value { get; private init; } = "";

    /// <summary>Names of items that a rule of ours covers, with the rule.</summary>
    public YamlNode? Covered { get; private init; }

    /// <summary>Of two values for one key the one that stands first here holds.</summary>
    public IReadOnlyList<string> Strongest { get; private init; } = [];

    /// <summary>Reads one.</summary>
    public static KeyRule Of(YamlNode node, YamlNode tables) => node.Kind == YamlKind.Scalar
        ? Keep
        : new KeyRule
        {
            To = Text(node, "to"), Like = Text(node, "like"), Drop = node.Find("drop")?.Text, Lost = Text(node, "lost"), Note = Text(node, "note"), Needs = Text(node, "needs"),
            Default = node.Find("default"), Words = Table(node, "words", tables), IsClosed = Text(node, "closed") == "true", Shape = Text(node, "shape"),
            Named = Text(node, "named"), Value = Text(node, "value"), Covered = Table(node, "covered", tables),
            Strongest = [.. (node.Find("strongest")?.Items ?? []).Select(static item => item.Text)],
        };

    private static string Text(YamlNode node, string key) => node.Find(key)?.Text ?? "";

    /// <summary>A table as it is written there, or by its name.</summary>
    private static YamlNode? Table(YamlNode node, string key, YamlNode tables) => node.Find(key) is { Kind: YamlKind.Scalar } name
        ? tables.Find(name.Text) ?? throw new InvalidOperationException($"There is no table {name.Text}.")
        : node.Find(key);
}
