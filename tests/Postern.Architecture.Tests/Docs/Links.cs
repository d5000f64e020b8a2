using System.Text.RegularExpressions;

namespace Postern.Architecture.Tests.Docs;

/// <summary>Finds the relative links of a Markdown page and says which lead nowhere.</summary>
internal static partial class Links
{
    /// <summary>The targets in <paramref name="markdown"/> that are missing below <paramref name="root"/>; the page lies at <paramref name="page"/>.</summary>
    public static IEnumerable<string> Dead(string root, string page, string markdown) =>
        Targets(markdown).Where(target => !Resolves(root, page, target));

    private static bool Resolves(string root, string page, string target)
    {
        var path = Uri.UnescapeDataString(target.Split('#', '?')[0]);
        if (path.Length == 0)
        {
            return true;
        }

        var from = path.StartsWith('/') ? "" : Path.GetDirectoryName(page) ?? "";
        var full = Path.GetFullPath(Path.Combine(root, from, path.TrimStart('/')));

        // A link out of the repository works on one machine only.
        return full.StartsWith(Path.GetFullPath(root) + Path.DirectorySeparatorChar, StringComparison.Ordinal) && Path.Exists(full);
    }

    private static IEnumerable<string> Targets(string markdown)
    {
        var prose = Code().Replace(markdown, "");
        return Inline().Matches(prose).Concat(Definition().Matches(prose)).Concat(Attribute().Matches(prose))
            .Select(match => match.Groups["to"].Value)
            .Where(target => !Absolute().IsMatch(target));
    }

    // Fenced blocks, then spans: what stands in code is no link.
    [GeneratedRegex(@"^(?<fence>```+|~~~+).*?^\k<fence>|`[^`\n]*`", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex(@"\]\(\s*<?(?<to>[^)\s>]+)>?[^)]*\)")]
    private static partial Regex Inline();

    [GeneratedRegex(@"^\s{0,3}\[[^\]]+\]:\s*<?(?<to>[^\s>]+)", RegexOptions.Multiline)]
    private static partial Regex Definition();

    [GeneratedRegex("""\b(?:src|href)="(?<to>[^"]+)" """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Attribute();

    [GeneratedRegex("^([a-z][a-z0-9+.-]*:|//)", RegexOptions.IgnoreCase)]
    private static partial Regex Absolute();
}
