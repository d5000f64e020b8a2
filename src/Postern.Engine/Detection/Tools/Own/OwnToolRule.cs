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
        if (tool.Length > 0 && !IsName(_tool.Value, call.Tool))
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

    /// <summary>A value without a name, of arguments that are a list or a text, may be the one that is meant.</summary>
    private bool IsArgument(string key) => argument.Key.Length == 0 || key.Length == 0 || IsName(_key.Value, key);

    private static bool IsName(Regex pattern, string name) => pattern.IsMatch(name) || pattern.IsMatch(UnicodeFold.Fold(name).Trim());

    /// <summary>As it stands, as a server that trims and folds reads it, and as the number it is.</summary>
    private bool Holds(string text)
    {
        if (argument.Value.Length == 0 || _value.Value.IsMatch(text))
        {
            return true;
        }

        var plain = System.Text.Ascii.IsValid(text) && !text.AsSpan().ContainsAnyInRange('\0', '\x1F') ? text.Trim() : UnicodeFold.Fold(text).Trim();
        return (plain != text && _value.Value.IsMatch(plain)) || (NumberText.Of(plain) is { } number && _value.Value.IsMatch(number));
    }

    private static string Whole(string pattern) => $@"\A(?:{pattern})\z";
}
