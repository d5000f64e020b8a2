using System.Buffers;
using System.Text.Json;
using Postern.Transports.Telemetry;

namespace Postern.Transports.Control.Api;

/// <summary>A decision as JSON, with its explanation.</summary>
internal static class EntryJson
{
    /// <summary>The decision as a document on one line.</summary>
    public static ReadOnlyMemory<byte> Of(LogEntry entry)
    {
        var bytes = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(bytes))
        {
            Write(writer, entry);
        }

        return bytes.WrittenMemory;
    }

    /// <summary>Writes the decision as an object.</summary>
    public static void Write(Utf8JsonWriter writer, LogEntry entry)
    {
        writer.WriteStartObject();
        writer.WriteString("time", entry.Time);
        writer.WriteString("event", entry.Event);
        writer.WriteString("actor", entry.Actor);
        writer.WriteString("transport", entry.Transport);
        writer.WriteString("direction", entry.Direction);
        writer.WriteString("destination", entry.Destination);
        writer.WriteString("effect", entry.Effect);
        writer.WriteString("observed", entry.Observed);
        writer.WriteString("note", entry.Note);
        writer.WriteString("evidence", entry.Evidence?.ToString());
        writer.WriteNumber("policy_revision", entry.PolicyRevision);
        writer.WriteStartArray("findings");
        foreach (var finding in entry.Findings)
        {
            writer.WriteStartObject();
            writer.WriteString("rule", finding.Rule.Id);
            writer.WriteString("title", finding.Rule.Title);
            writer.WriteString("where", finding.Place);
            writer.WriteString("view", finding.View);
            writer.WriteString("remedy", finding.Rule.Remedy);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
