using System.Text;
using System.Text.RegularExpressions;

namespace Postern.Engine.Detection.Patterns;

/// <summary>A regular expression from the configuration file. Runs without backtracking, so its cost is linear whatever it says.</summary>
internal sealed class UserPattern
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    private readonly Lazy<Regex> _regex;

    private UserPattern(Rule rule, string regex)
    {
        Rule = rule;
        _regex = new Lazy<Regex>(() => new Regex(regex, Options));
    }

    /// <summary>What a hit reports.</summary>
    public Rule Rule { get; }

    /// <summary>Built on first use.</summary>
    public Regex Regex => _regex.Value;

    /// <summary>A pattern of <c>dlp.patterns</c>.</summary>
    public static UserPattern Secret(string name, string regex, Severity severity) => new(
        new Rule(IdOf("secret", name), name, RuleCategory.Secret, severity, Confidence.High, "Remove the value, or change the pattern in dlp.patterns."), regex);

    /// <summary>A pattern of <c>response_scanning.patterns</c>.</summary>
    public static UserPattern Injection(string name, string regex) => new(
        new Rule(IdOf("injection", name), name, RuleCategory.Injection, Severity.High, Confidence.High, "Look at the source, or change the pattern in response_scanning.patterns."), regex);

    /// <summary>The rule id of a pattern: its name in lower case, everything but letters and digits a hyphen.</summary>
    public static string IdOf(string category, string name)
    {
        var id = new StringBuilder(category).Append(".user.");
        foreach (var character in name)
        {
            id.Append(char.IsAsciiLetterOrDigit(character) ? char.ToLowerInvariant(character) : '-');
        }

        return id.ToString();
    }
}
