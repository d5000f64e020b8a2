using Postern.Engine.Configuration.Sections;
using Postern.Engine.Detection;
using Postern.Engine.Detection.Patterns;
using Postern.Engine.Detection.Shapes.Checks;

namespace Postern.Engine.Configuration;

/// <summary>The configuration's own patterns as rules.</summary>
internal static class PatternCompiler
{
    /// <summary>The detector that looks for them; none when there are no patterns.</summary>
    public static IDetector[] Compile(PosternConfig config, List<string> errors)
    {
        if (config.Dlp.Patterns.Count == 0 && config.ResponseScanning.Patterns.Count == 0)
        {
            return [];
        }

        UserPattern[] patterns = [.. config.Dlp.Patterns.Select(Secret), .. config.ResponseScanning.Patterns.Select(Injection)];
        foreach (var twice in patterns.GroupBy(static pattern => pattern.Rule.Id).Where(static group => group.Count() > 1))
        {
            errors.Add($"two patterns share the id {twice.Key}: give them names that differ in letters or digits");
        }

        return [new PatternDetector(patterns)];
    }

    /// <summary>The id of a pattern of <c>dlp.patterns</c>.</summary>
    public static string IdOf(DlpPattern pattern) => UserPattern.IdOf("secret", pattern.Name);

    /// <summary>The id of a pattern of <c>response_scanning.patterns</c>.</summary>
    public static string IdOf(ResponsePattern pattern) => UserPattern.IdOf("injection", pattern.Name);

    /// <summary>
    /// A pattern that only warns is a hint, and hints never refuse. One that blocks is never less than what every mode refuses:
    /// a pattern that somebody wrote to stop a leak must not merely be counted.
    /// </summary>
    private static UserPattern Secret(DlpPattern pattern)
    {
        var blocks = pattern.Action == PatternAction.Block;
        var severity = blocks && pattern.Severity < Severity.High ? Severity.High : pattern.Severity;
        var rule = new Rule(
            IdOf(pattern),
            pattern.Name,
            RuleCategory.Secret,
            severity,
            blocks ? Confidence.High : Confidence.Low,
            "Remove the value, or change the pattern in dlp.patterns.");
        return new UserPattern(rule, pattern.Regex) { Check = CheckOf(pattern.Validator) };
    }

    private static UserPattern Injection(ResponsePattern pattern) => new(
        new Rule(
            IdOf(pattern),
            pattern.Name,
            RuleCategory.Injection,
            Severity.High,
            Confidence.High,
            "Look at the source, or change the pattern in response_scanning.patterns."),
        pattern.Regex);

    // Both vocabularies spell the checks alike.
    private static CheckKind CheckOf(PatternCheck check) => EnumWords<CheckKind>.Read(EnumWords<PatternCheck>.Of(check));
}
