using System.Text.RegularExpressions;
using Postern.Engine.Detection.Tools.Shell;
using Postern.Engine.Views;

namespace Postern.Engine.Detection.Tools.Own;

/// <summary>A rule of the configuration about calls of tools. Its expressions run without backtracking.</summary>
/// <param name="rule">What a hit reports.</param>
/// <param name="tool">Which tools; empty for all.</param>
/// <param name="argument">Which arguments, and what they hold.</param>
internal sealed class OwnToolRule(Rule rule, string tool, ArgumentPattern argument)
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    private readonly Lazy<Regex> _tool = new(() => new Regex(Whole(tool), Options));
    private readonly Lazy<Regex> _key = new(() => new Regex(Whole(argument.Key), Options));
    private readonly Lazy<Regex> _value = new(() => new Regex(argument.Value, Options));

    /// <summary>What a hit reports.</summary>
    public Rule Rule { get; } = rule;

    /// <summary>The profile whose program answers what the rule refuses; empty when the rule names none.</summary>
    public string Profile { get; init; } = "";

    /// <summary>True when the rule redirects.</summary>
    public bool IsRedirect { get; init; }

    /// <summary>True when the call is one that the rule describes.</summary>
    /// <param name="call">The call.</param>
    /// <param name="where">Which argument says so.</param>
    public bool Matches(ToolCall call, out string where)
    {
        where = "mcp.tool";
        if (tool.Length > 0 && !_tool.Value.IsMatch(call.Tool) && !_tool.Value.IsMatch(UnicodeFold.Fold(call.Tool)))
        {
            return false;
        }

        if (argument is { Key.Length: 0, Value.Length: 0 })
        {
            return true;
        }

        foreach (var text in call.Texts)
        {
            if (IsArgument(text.Key) && Holds(text.Text))
            {
                where = text.Where;
                return true;
            }
        }

        return false;
    }

    private bool IsArgument(string key) => argument.Key.Length == 0 || _key.Value.IsMatch(key) || _key.Value.IsMatch(UnicodeFold.Fold(key));

    private bool Holds(string text) => argument.Value.Length == 0 || _value.Value.IsMatch(text) || (!System.Text.Ascii.IsValid(text) && _value.Value.IsMatch(UnicodeFold.Fold(text)));

    private static string Whole(string pattern) => $@"\A(?:{pattern})\z";
}
