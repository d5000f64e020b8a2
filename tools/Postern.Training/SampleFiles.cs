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

    /// <summary>Begins the sources that are one kind of texts, and can be left out to see what the others teach about it.</summary>
    private const string KindPrefix = "kind:";
    private const string KindMark = "### ";

    /// <summary>True for a source that is a kind of our own.</summary>
    public static bool IsKind(string source) => source.StartsWith(KindPrefix, StringComparison.Ordinal);

    /// <summary>Texts made of one line of a list.</summary>
    private const int VariantsPerLine = 8;

    /// <summary>A list; <c>(a|b)</c> is a choice, <c>\n</c> a new line, and lines with a hash sign and a space are comments; <c>## xx</c> begins a language, <c>### name</c> a kind of texts.</summary>
    public static IEnumerable<Sample> Lines(string file, bool isAttack)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        var number = 0;
        var (lang, source) = ("en", "own:" + name);
        foreach (var line in File.ReadLines(file).Where(static l => l.Length > 0 && !l.StartsWith("# ", StringComparison.Ordinal)))
        {
            if (line is ['#', '#', ' ', _, _])
            {
                lang = line[3..];
                source = "own:" + lang;
                continue;
            }

            if (line.StartsWith(KindMark, StringComparison.Ordinal))
            {
                source = KindPrefix + line[KindMark.Length..];
                continue;
            }

            var made = new HashSet<string>(StringComparer.Ordinal);
            for (var variant = 0u; variant < VariantsPerLine; variant++)
            {
                made.Add(Choose(line, ((uint)number * 977) + (variant * 31337) + 1));
            }

            number++;
            foreach (var text in made)
            {
                yield return new Sample($"{name}-{number}", source, lang, isAttack, Encoding.UTF8.GetBytes(text));
            }
        }
    }

    private static string Choose(string line, uint seed)
    {
        var text = new StringBuilder();
        for (var at = 0; at < line.Length;)
        {
            var open = line.IndexOf('(', at);
            var close = open < 0 ? -1 : line.IndexOf(')', open);
            if (close < 0)
            {
                text.Append(line, at, line.Length - at);
                break;
            }

            var choices = line[(open + 1)..close].Split('|');
            if (choices.Length == 1)
            {
                // Brackets of the text itself.
                text.Append(line, at, close + 1 - at);
                at = close + 1;
                continue;
            }

            seed = (seed ^ (seed >> 15)) * 0x85EBCA6B;
            seed = (seed ^ (seed >> 13)) * 0xC2B2AE35;
            text.Append(line, at, open - at).Append(choices[(seed >> 4) % choices.Length]);
            at = close + 1;
        }

        return text.Replace("\\n", "\n").Replace("\\[", "[").ToString();
    }

    private static string Text(JsonElement row, string name) =>
        row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : string.Empty;
}
