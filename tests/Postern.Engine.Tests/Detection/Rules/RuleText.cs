using System.Text;
using Postern.Engine.Detection;
using Postern.Engine.Detection.Rules;

namespace Postern.Engine.Tests.Detection.Rules;

/// <summary>Writes and runs one-rule files for tests.</summary>
internal static class RuleText
{
    /// <summary>A file with one rule; <paramref name="matcher"/> is indented by four blanks.</summary>
    public static string File(string matcher, string example, string more = "") =>
        $"""
        family: test
        category: secret
        rules:
          - id: secret.test.rule
            title: A test rule
            severity: high
            confidence: high
            remedy: Do something.
        {more}{matcher}
            examples: ['{example}']
            counter_examples: ['nothing']
        """;

    /// <summary>What the rule matches in <paramref name="text"/>.</summary>
    public static string[] Matches(string file, string text)
    {
        var compiled = RuleCompiler.Compile(file, "test.yaml");
        Assert.Empty(compiled.Errors);
        return Matches(compiled.Table!.Secrets, text);
    }

    public static string[] Matches(RuleSet set, string text)
    {
        var hits = new HitList();
        var bytes = Encoding.UTF8.GetBytes(text);
        set.Scan(bytes, hits);
        return [.. Enumerable.Range(0, hits.Count).Select(i => Encoding.UTF8.GetString(bytes, hits[i].Start, hits[i].Length))];
    }

    public static string Shape(string match, string more = "") => $"    shape: {{ match: '{match}'{more} }}";
}
