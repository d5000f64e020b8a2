using System.Text;
using System.Text.Json;

namespace Postern.Training;

/// <summary>Reads labelled texts: JSON lines, and plain lists with one text per line.</summary>
internal static class SampleFiles
{
    /// <summary>The development data and corpora like it: <c>id, source, label, lang, text</c>; our own corpora have <c>half</c> and no source.</summary>
    public static IEnumerable<Sample> JsonLines(string file, string sourcePrefix)
    {
        foreach (var line in File.ReadLines(file).Where(static l => l.Length > 0))
        {
            using var json = JsonDocument.Parse(line);
            var row = json.RootElement;
            var lang = Text(row, "lang");
            yield return new Sample(
                Text(row, "id"),
                row.TryGetProperty("source", out var source) ? source.GetString()! : sourcePrefix + lang,
                lang,
                Text(row, "label") == "attack",
                Encoding.UTF8.GetBytes(Text(row, "text")))
            {
                Counts = !row.TryGetProperty("weak_label", out _) && !row.TryGetProperty("context_only", out _),
                IsHeld = Text(row, "half") == "held",
            };
        }
    }

    /// <summary>A list; <c>\n</c> in a text is a new line, lines with a hash sign are comments.</summary>
    public static IEnumerable<Sample> Lines(string file, bool isAttack)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        var number = 0;
        foreach (var line in File.ReadLines(file).Where(static l => l.Length > 0 && l[0] != '#'))
        {
            yield return new Sample($"{name}-{++number}", "own:" + name, "en", isAttack, Encoding.UTF8.GetBytes(line.Replace("\\n", "\n", StringComparison.Ordinal)));
        }
    }

    private static string Text(JsonElement row, string name) =>
        row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : string.Empty;
}
