using Postern.Engine.Detection.Rules.Reading;
using Postern.Engine.Yaml;

namespace Postern.Engine.Detection.Rules.Compiling;

/// <summary>Reads one entry of a rule file.</summary>
internal static class RuleEntry
{
    private static readonly RuleCategory[] s_categories = [RuleCategory.Secret, RuleCategory.Injection, RuleCategory.Tool, RuleCategory.Session];

    // Only a proof makes certain.
    private static readonly Confidence[] s_confidences = [Confidence.Low, Confidence.Medium, Confidence.High];

    private static readonly (string, Confidence?)[] s_failures =
        [("drop", null), ("low", Confidence.Low), ("medium", Confidence.Medium), ("high", Confidence.High)];

    private static readonly (string Key, Func<MapReader, RuleMatcher?> Compile)[] s_machines =
    [
        ("shape", ShapeCompiler.Compile),
        ("assignment", AssignmentCompiler.Compile),
        ("keyed", KeyedCompiler.Compile),
        ("phrase", PhraseCompiler.Compile),
        ("regex", RegexCompiler.Compile),
        ("command", CommandCompiler.Compile),
        ("chain", ChainCompiler.Compile),
    ];

    public static RuleCategory ReadCategory(MapReader reader, RuleCategory fallback) => reader.Choice("category", s_categories, fallback);

    /// <summary>The compiled entry, or null after reporting why not.</summary>
    public static RuleSource? Read(MapReader entry, RuleCategory category, List<string> homes)
    {
        if (entry.Map.Kind != YamlKind.Mapping)
        {
            return null;
        }

        var rule = new Rule(
            ReadId(entry),
            entry.Text("title", required: true),
            ReadCategory(entry, category),
            entry.Choice("severity", Enum.GetValues<Severity>(), Severity.Low, required: true),
            entry.Choice("confidence", s_confidences, Confidence.Low, required: true),
            entry.Text("remedy", required: true),
            entry.Flag("core"))
        {
            Homes = ReadHomes(entry, homes),
        };
        var whenCheckFails = entry.Choice("when_check_fails", s_failures, null);
        var examples = entry.Texts("examples", required: true);
        var counterExamples = entry.Texts("counter_examples", required: true);
        var matcher = ReadMatcher(entry);
        entry.Finish();
        return matcher is null
            ? null
            : new RuleSource(new CompiledRule(rule, whenCheckFails, matcher), examples, counterExamples, entry.Map);
    }

    private static string ReadId(MapReader entry)
    {
        var id = entry.Text("id", required: true);
        var parts = id.Split('.');
        if (id.Length > 0 && (parts.Length < 2 || !Array.TrueForAll(parts, IsIdPart)))
        {
            entry.Error(entry.Node("id")!, "'id' must be lower-case words, digits and dashes with dots between them");
        }

        return id;
    }

    private static bool IsIdPart(string part) =>
        part.Length > 0 && part.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    /// <summary>Places as <see cref="Home"/> reads them; the word <c>any</c>, alone or among them, for bearer shapes whose issuer cannot be told.</summary>
    /// <param name="entry">A rule, or the file for all its rules that name none.</param>
    /// <param name="fallback">What holds where nothing is said; an empty list is something.</param>
    public static List<string> ReadHomes(MapReader entry, List<string> fallback)
    {
        if (entry.Node("homes") is not { } node)
        {
            return fallback;
        }

        var homes = node.Kind == YamlKind.Scalar ? new List<string> { entry.Text("homes") } : entry.Texts("homes");
        foreach (var home in homes.Where(static home => home != Rule.AnyHome && Home.Parse(home) is null))
        {
            entry.Error(node, $"'{home}' is no host such as api.example.com or *.example.com, no place such as hooks.example.com/in/, "
                + "api.example.com?key or auth.example.com/token#client_secret, and not the word any");
        }

        return homes;
    }

    private static RuleMatcher? ReadMatcher(MapReader entry)
    {
        var given = s_machines.Select(m => (m.Compile, Node: entry.Node(m.Key))).Where(m => m.Node is not null).ToArray();
        if (given.Length != 1)
        {
            entry.Error(entry.Map, $"exactly one of {string.Join(", ", s_machines.Select(m => m.Key))} is needed");
            return null;
        }

        var body = entry.Below(given[0].Node!);
        if (body.Map.Kind != YamlKind.Mapping)
        {
            return null;
        }

        var matcher = given[0].Compile(body);
        body.Finish();
        return matcher;
    }
}
