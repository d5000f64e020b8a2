using System.Globalization;
using System.Text.Json;
using Postern.Engine.Policy;

namespace Postern.Transports.Telemetry;

/// <summary>The members of an entry as JSON, the same in the log and in sinks. The names are an interface: add, never rename.</summary>
internal static class EntryFields
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>A time as every line has it.</summary>
    public static string Stamp(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    /// <summary>Writes them into the object that is open.</summary>
    public static void Write(Utf8JsonWriter json, LogEntry entry)
    {
        json.WriteString("time", Stamp(entry.Time));
        json.WriteString("level", entry.Level);
        json.WriteString("severity", Urgencies.NameOf(entry.Urgency));
        json.WriteString("event", entry.Event);
        json.WriteString("actor", entry.Actor);
        json.WriteString("transport", entry.Transport);
        json.WriteString("direction", entry.Direction);
        json.WriteString("destination", entry.Destination);
        json.WriteString("effect", entry.Effect);
        if (entry.Observed is not null)
        {
            json.WriteString("observed", entry.Observed);
        }

        WriteList(json, "rules", entry.Findings.Select(static finding => finding.Rule.Id));
        WriteList(json, "where", entry.Findings.Select(static finding => finding.Place));
        if (entry.Techniques.Count > 0)
        {
            WriteList(json, "techniques", entry.Techniques);
        }

        if (entry.Note.Length > 0)
        {
            json.WriteString("note", entry.Note);
        }

        if (entry.Evidence is { } id)
        {
            json.WriteString("evidence", id.ToString());
        }

        json.WriteNumber("policy_revision", entry.PolicyRevision);
    }

    private static void WriteList(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
