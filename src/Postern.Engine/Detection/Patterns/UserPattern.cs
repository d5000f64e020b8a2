using System.Text;
using System.Text.RegularExpressions;
using Postern.Engine.Detection.Shapes.Checks;

namespace Postern.Engine.Detection.Patterns;

/// <summary>A regular expression from the configuration file. Runs without backtracking, so its cost is linear whatever it says.</summary>
internal sealed class UserPattern(Rule rule, string regex)
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    private readonly Lazy<Regex> _regex = new(() => new Regex(regex, Options));

    /// <summary>What a hit reports.</summary>
    public Rule Rule { get; } = rule;

    /// <summary>A calculation that a match must pass too.</summary>
    public CheckKind Check { get; init; }

    /// <summary>Built on first use.</summary>
    public Regex Regex => _regex.Value;

    /// <summary>True when the match passes the calculation, if there is one.</summary>
    public bool Accepts(ReadOnlySpan<byte> match) => Check == CheckKind.None || NumberProof.Passes(Check, match);

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
