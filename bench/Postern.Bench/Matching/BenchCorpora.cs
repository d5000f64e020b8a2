using Postern.Program.Benching;

namespace Postern.Bench.Matching;

/// <summary>The kinds of text the matcher is timed on: from a folder of real traffic when given, else generated.</summary>
internal static class BenchCorpora
{
    private const int Bytes = 1 << 20;

    /// <summary>Name and text of each corpus that is asked for.</summary>
    public static IEnumerable<(string Name, byte[] Text)> Chosen(BenchOptions options) =>
        All(options.Data).Where(corpus => corpus.Name.Contains(options.Only, StringComparison.Ordinal));

    /// <summary>Name and text of each corpus.</summary>
    public static IEnumerable<(string Name, byte[] Text)> All(string? directory)
    {
        var made = BenchTexts.All(Bytes).ToDictionary(static text => text.Name, static text => text.Text);
        byte[] Of(string pattern, string name) => From(directory, pattern) is { } text ? BenchTexts.Sized(text, Bytes) : made[name];
        yield return ("English", Of("markdown-*", "English"));
        yield return ("HTML", Of("html-*", "HTML"));
        yield return ("JSON", Of("api-json-*", "JSON"));
        yield return ("base64", made["base64"]);
        yield return ("minified JS", Of("minified-*.js.txt", "minified JS"));
        yield return ("chat JSON", made["chat JSON"]);
        yield return ("source", Of("code-*", "minified JS"));
        yield return ("log", Of("log-*", "JSON"));
        yield return ("diff", Of("diff-*", "HTML"));
    }

    private static byte[]? From(string? directory, string pattern)
    {
        if (directory is null)
        {
            return null;
        }

        var text = Directory.GetFiles(directory, pattern).Order(StringComparer.Ordinal).SelectMany(File.ReadAllBytes).ToArray();
        return text.Length == 0 ? null : text;
    }
}
