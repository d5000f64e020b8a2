using System.Text;
using Postern.Engine.Detection.Rules.Reading;

namespace Postern.Engine.Detection.Rules.Compiling;

/// <summary>Compiles <c>regex: {match, literals, ignore_case, window}</c>.</summary>
internal static class RegexCompiler
{
    private const int DefaultWindow = 256;

    public static RegexMatcher? Compile(MapReader body)
    {
        var pattern = body.Text("match", required: true);
        var literals = body.Texts("literals", required: true);
        var ignoreCase = body.Flag("ignore_case");
        var window = body.Whole("window", DefaultWindow, 16, RegexMatcher.MaxWindow);
        if (!IsUsable(pattern, out var why))
        {
            body.Error(body.Node("match")!, $"this regular expression cannot be used: {why}");
            return null;
        }

        if (!literals.TrueForAll(l => LiteralRules.IsSearchable(Encoding.UTF8.GetByteCount(l))))
        {
            body.Error(body.Node("literals")!, LiteralRules.Requirement);
            return null;
        }

        return new RegexMatcher(pattern, window, [.. literals.Select(l => new RuleLiteral(Encoding.UTF8.GetBytes(l), ignoreCase))]);
    }

    private static bool IsUsable(string pattern, out string why)
    {
        try
        {
            var matchesNothing = RegexMatcher.Create(pattern).IsMatch("");
            why = matchesNothing ? "it matches the empty text" : "";
            return !matchesNothing;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            why = e.Message;
            return false;
        }
    }
}
