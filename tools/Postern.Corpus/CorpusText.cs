using System.Text.Encodings.Web;
using System.Text.Json;

namespace Postern.Corpus;

/// <summary>One line of the corpus.</summary>
/// <param name="Group">Label, half and family.</param>
/// <param name="Id">Stable as long as the seed before it does not change.</param>
/// <param name="Text">The text.</param>
internal sealed record CorpusText(SeedGroup Group, string Id, string Text)
{
    private static readonly JsonSerializerOptions s_readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string Label => Group.Label;

    public string Half => Group.Half;

    public string ToJson()
    {
        var row = new Dictionary<string, string>
        {
            ["id"] = Id,
            ["lang"] = Id[..2],
            ["label"] = Label,
            ["half"] = Half,
            ["family"] = Group.Family,
            ["text"] = Text,
        };
        return JsonSerializer.Serialize(row, s_readable);
    }
}
