using System.Text.Json;

namespace Postern.Engine.Tests.Detection.Corpus;

/// <summary>The texts in tests/corpus/injection, one file per language.</summary>
internal static class CorpusFiles
{
    private static readonly JsonSerializerOptions s_names = new(JsonSerializerDefaults.Web);
    private static readonly Lazy<string> s_directory = new(Find);

    public static string Directory => s_directory.Value;

    public static IEnumerable<string> Languages =>
        System.IO.Directory.EnumerateFiles(Directory, "*.jsonl").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal);

    public static IReadOnlyList<CorpusRow> Read(string language) =>
        [.. File.ReadLines(Path.Combine(Directory, language + ".jsonl")).Select(l => JsonSerializer.Deserialize<CorpusRow>(l, s_names)!)];

    private static string Find()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Postern.slnx")))
        {
            root = root.Parent ?? throw new InvalidOperationException("The repository's root was not found.");
        }

        return Path.Combine(root.FullName, "tests", "corpus", "injection");
    }
}
