using System.Text.Encodings.Web;
using System.Text.Json;

namespace Postern.Corpus;

/// <summary>Makes the texts of a language: all that its frames say, and two of three once more in a carrier.</summary>
internal static class CorpusWriter
{
    private static readonly JsonSerializerOptions s_readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IEnumerable<CorpusText> Texts(SeedFile seed)
    {
        foreach (var half in (string[])["train", "held"])
        {
            var carriers = seed.Of(half, "carrier");
            var fillers = seed.Of(half, "benign").SelectMany(f => f.Texts()).ToList();
            foreach (var label in (string[])["attack", "benign"])
            {
                var texts = seed.Lines.Where(l => l.Group.Half == half && l.Group.Label == label).SelectMany(l => l.Frame.Texts().Select(t => (l.Group, Text: t))).ToList();
                for (var i = 0; i < texts.Count; i++)
                {
                    var id = $"{seed.Language}-{half[0]}{label[0]}-{i:D3}";
                    yield return new CorpusText(texts[i].Group, id, texts[i].Text);
                    if (i % 3 != 2)
                    {
                        var filler = fillers[(i * 7 + 3) % fillers.Count];
                        yield return new CorpusText(texts[i].Group, id + "c", Embed(half, carriers, i / 2, (texts[i].Text, filler)));
                    }
                }
            }
        }
    }

    // The language's own carriers take turns with formats that look the same everywhere, other ones in each half.
    private static string Embed(string half, IReadOnlyList<Frame> carriers, int turn, (string Text, string Filler) content)
    {
        var (text, filler) = content;
        var form = turn % (carriers.Count + 3) - carriers.Count;
        return (half, form) switch
        {
            (_, < 0) => string.Concat(carriers[form + carriers.Count].Text(turn).Select(c => c switch { '@' => text, '~' => filler, _ => c.ToString() })),
            ("train", 0) => Json(("id", turn.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("description", filler + " " + text)),
            ("train", 1) => $"/*\n * {filler}\n * {text}\n */\nfunction step{turn}() {{ return {turn}; }}",
            ("train", _) => $"<div class=\"text\"><p>{filler}</p><p>{text}</p></div>",
            ("held", 0) => Json(("title", filler), ("body", text), ("state", "open")),
            ("held", 1) => $"# {filler}\n# {text}\ndef handle_{turn}(item):\n    return item",
            _ => $"- {filler}\n- {text}\n",
        };
    }

    private static string Json(params ReadOnlySpan<(string Name, string Value)> fields)
    {
        var row = new Dictionary<string, string>();
        foreach (var (name, value) in fields)
        {
            row[name] = value;
        }

        return JsonSerializer.Serialize(row, s_readable);
    }
}
