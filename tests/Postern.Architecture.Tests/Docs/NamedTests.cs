using System.Text.RegularExpressions;

namespace Postern.Architecture.Tests.Docs;

/// <summary>Finds the tests that a page names, and says which are not there.</summary>
/// <param name="sources">Test files by the name of their class, with their text.</param>
internal sealed partial class NamedTests(IReadOnlyDictionary<string, string> sources)
{
    /// <summary>The names in <paramref name="markdown"/> that no test has: of a class, or of a method of it.</summary>
    public IEnumerable<string> Missing(string markdown) => Named().Matches(markdown)
        .Where(match => !sources.TryGetValue(match.Groups["class"].Value, out var text) || (match.Groups["method"].Success && !text.Contains($" {match.Groups["method"].Value}(", StringComparison.Ordinal)))
        .Select(static match => match.Value)
        .Distinct();

    [GeneratedRegex(@"(?<=`)(?<class>[A-Z][A-Za-z0-9]*Tests)(\.(?<method>[A-Z][A-Za-z0-9_]*))?(?=`)")]
    private static partial Regex Named();
}
