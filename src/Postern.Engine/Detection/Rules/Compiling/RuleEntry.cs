using Postern.Engine.Detection.Rules.Reading;
using Postern.Engine.Yaml;

namespace Postern.Engine.Detection.Rules.Compiling;

/// <summary>Reads one entry of a rule file.</summary>
internal static class RuleEntry
{
    private static readonly (string, RuleCategory)[] Categories = [("secret", RuleCategory.Secret), ("injection", RuleCategory.Injection), ("tool", RuleCategory.Tool)];

    private static readonly (string, Severity)[] Severities =
        [("low", Severity.Low), ("medium", Severity.Medium), ("high", Severity.High), ("critical", Severity.Critical)];

    private static readonly (string, Confidence)[] Confidences =
        [("low", Confidence.Low), ("medium", Confidence.Medium), ("high", Confidence.High)];

    private static readonly (string, Confidence?)[] Failures =
        [("drop", null), ("low", Confidence.Low), ("medium", Confidence.Medium), ("high", Confidence.High)];

    private static readonly (string Key, Func<MapReader, RuleMatcher?> Compile)[] Machines =
    [
        ("shape", ShapeCompiler.Compile),
        ("assignment", AssignmentCompiler.Compile),
        ("phrase", PhraseCompiler.Compile),
        ("regex", RegexCompiler.Compile),
        ("command", CommandCompiler.Compile),
    ];

    public static RuleCategory ReadCategory(MapReader reader, RuleCategory fallback) => reader.Choice("category", Categories, fallback);

    /// <summary>The compiled entry, or null after reporting why not.</summary>
    public static RuleSource? Read(MapReader entry, RuleCategory category)
    {
        if (entry.Map.Kind != YamlKind.Mapping)
        {
            return null;
        }

        var rule = new Rule(
            ReadId(entry),
            entry.Text("title", required: true),
            ReadCategory(entry, category),
            entry.Choice("severity", Severities, Severity.Low, required: true),
            entry.Choice("confidence", Confidences, Confidence.Low, required: true),
            entry.Text("remedy", required: true),
            entry.Flag("core"))
        {
            Homes = ReadHomes(entry),
        };
        var whenCheckFails = entry.Choice("when_check_fails", Failures, null);
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

    /// <summary>Hosts and domain patterns, or the word <c>any</c> for bearer shapes whose issuer cannot be told.</summary>
    private static List<string> ReadHomes(MapReader entry)
    {
        var node = entry.Node("homes");
        if (node is { Kind: YamlKind.Scalar })
        {
            if (entry.Text("homes") != "any")
            {
                entry.Error(node, "'homes' is a list of domain patterns, or the word any");
            }

            return [Rule.AnyHome];
        }

        var homes = entry.Texts("homes");
        foreach (var home in homes.Where(static home => !IsHome(home)))
        {
            entry.Error(node!, $"'{home}' is no host such as api.example.com and no domain pattern such as *.example.com");
        }

        return homes;
    }

    private static bool IsHome(string home)
    {
        var labels = (home.StartsWith("*.", StringComparison.Ordinal) ? home[2..] : home).Split('.');
        return labels.Length > 1 && Array.TrueForAll(labels, IsIdPart);
    }

    private static RuleMatcher? ReadMatcher(MapReader entry)
    {
        var given = Machines.Select(m => (m.Compile, Node: entry.Node(m.Key))).Where(m => m.Node is not null).ToArray();
        if (given.Length != 1)
        {
            entry.Error(entry.Map, $"exactly one of {string.Join(", ", Machines.Select(m => m.Key))} is needed");
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
