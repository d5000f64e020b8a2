using System.Text;
using System.Text.Json;
using Postern.Engine.Evidence;
using Postern.Engine.Evidence.Verification;

namespace Postern.Program.Commands;

/// <summary>The lines of evidence files, chain by chain in the order in which they were begun. Nothing is verified.</summary>
internal static class EvidenceLog
{
    /// <summary>Every line that is JSON; the owner disposes the documents.</summary>
    public static IEnumerable<JsonDocument> Records(IEnumerable<EvidenceFile> files) => InOrder(files).Select(TryParse).OfType<JsonDocument>();

    /// <summary>Every record of traffic, of sessions and of Postern itself, without headers and checkpoints.</summary>
    public static IEnumerable<EvidenceRecord> Read(IEnumerable<EvidenceFile> files) =>
        InOrder(files).Select(static line => EvidenceRecord.Read(Encoding.UTF8.GetBytes(line))).OfType<EvidenceRecord>();

    /// <summary>A member's text; empty when there is none.</summary>
    public static string Text(JsonElement record, string name) =>
        record.TryGetProperty(name, out var value) ? Terminal.Plain(value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText()) : "";

    /// <summary>True for a record of what passed or did not, false for what Postern says about itself and its chain.</summary>
    public static bool IsOfTraffic(JsonElement record) => Text(record, "kind") is "ruling" or "open" or "span" or "close";

    private static IEnumerable<string> InOrder(IEnumerable<EvidenceFile> files) => files
        .Select(static file => (File: file, Begin: BeginOf(file))).OrderBy(static entry => entry.Begin, StringComparer.Ordinal).SelectMany(static entry => Lines(entry.File));

    private static string BeginOf(EvidenceFile file)
    {
        using var first = Lines(file).Select(TryParse).FirstOrDefault();
        return first is null ? "" : Text(first.RootElement, "ts");
    }

    private static IEnumerable<string> Lines(EvidenceFile file)
    {
        using var reader = new StreamReader(file.Open());
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    private static JsonDocument? TryParse(string line)
    {
        try
        {
            var parsed = JsonDocument.Parse(line);
            if (parsed.RootElement.ValueKind == JsonValueKind.Object)
            {
                return parsed;
            }

            parsed.Dispose();
            return null;
        }
        catch (JsonException)
        {
            // An unfinished last line; 'evidence verify' has an opinion on it.
            return null;
        }
    }
}
