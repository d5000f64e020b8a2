using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Postern.Engine.Configuration.Sections;

namespace Postern.Transports.Telemetry;

/// <summary>Turns entries into lines. The field names are an interface: add, never rename.</summary>
internal sealed class LogWriter(LogFormat format) : IDisposable
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    private readonly ArrayBufferWriter<byte> _lines = new();
    private readonly Utf8JsonWriter _json = new(Stream.Null);

    /// <summary>Every line so far.</summary>
    public ReadOnlyMemory<byte> Lines => _lines.WrittenMemory;

    /// <summary>Forgets the lines.</summary>
    public void Clear() => _lines.ResetWrittenCount();

    /// <summary>Adds a line.</summary>
    public void Add(LogEntry entry)
    {
        if (format == LogFormat.Json)
        {
            AddJson(entry);
        }
        else
        {
            AddText(entry);
        }
    }

    /// <summary>Adds a line that says how many are missing before it.</summary>
    public void AddDropped(DateTimeOffset time, long count)
    {
        if (format == LogFormat.Json)
        {
            Begin(time, "warning", "log_dropped");
            _json.WriteNumber("count", count);
            End();
        }
        else
        {
            Text($"{Stamp(time)} warning log_dropped count={count.ToString(CultureInfo.InvariantCulture)}\n");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _json.Dispose();

    private void AddJson(LogEntry entry)
    {
        Begin(entry.Time, entry.Level, entry.Event);
        _json.WriteString("actor", entry.Actor);
        _json.WriteString("transport", entry.Transport);
        _json.WriteString("direction", entry.Direction);
        _json.WriteString("destination", entry.Destination);
        _json.WriteString("effect", entry.Effect);
        if (entry.Observed is not null)
        {
            _json.WriteString("observed", entry.Observed);
        }

        WriteList("rules", entry.Findings.Select(static finding => finding.Rule.Id));
        WriteList("where", entry.Findings.Select(static finding => finding.Place));
        if (entry.Note.Length > 0)
        {
            _json.WriteString("note", entry.Note);
        }

        if (entry.Evidence is { } id)
        {
            _json.WriteString("evidence", id.ToString());
        }

        _json.WriteNumber("policy_revision", entry.PolicyRevision);
        End();
    }

    private void AddText(LogEntry entry)
    {
        var line = new StringBuilder(256).Append(Stamp(entry.Time)).Append(' ').Append(entry.Level).Append(' ').Append(entry.Event);
        Pair(line, "actor", entry.Actor);
        Pair(line, "transport", entry.Transport);
        Pair(line, "direction", entry.Direction);
        Pair(line, "destination", entry.Destination);
        Pair(line, "effect", entry.Effect);
        Pair(line, "observed", entry.Observed ?? string.Empty);
        Pair(line, "rules", string.Join(',', entry.Findings.Select(static finding => finding.Rule.Id)));
        Pair(line, "where", string.Join(',', entry.Findings.Select(static finding => finding.Place)));
        Pair(line, "note", entry.Note);
        Pair(line, "evidence", entry.Evidence?.ToString() ?? string.Empty);
        Pair(line, "policy_revision", entry.PolicyRevision.ToString(CultureInfo.InvariantCulture));
        Text(line.Append('\n').ToString());
    }

    private static void Pair(StringBuilder line, string name, string value)
    {
        if (value.Length == 0)
        {
            return;
        }

        line.Append(' ').Append(name).Append('=');
        foreach (var character in value)
        {
            // A blank would begin another field, and a control character could do anything to a terminal.
            line.Append(character is > ' ' and <= '~' ? character : character == ' ' ? '_' : '?');
        }
    }

    private void Begin(DateTimeOffset time, string level, string name)
    {
        _json.Reset(_lines);
        _json.WriteStartObject();
        _json.WriteString("time", Stamp(time));
        _json.WriteString("level", level);
        _json.WriteString("event", name);
    }

    private void End()
    {
        _json.WriteEndObject();
        _json.Flush();
        _lines.Write("\n"u8);
    }

    private void WriteList(string name, IEnumerable<string> values)
    {
        _json.WriteStartArray(name);
        foreach (var value in values)
        {
            _json.WriteStringValue(value);
        }

        _json.WriteEndArray();
    }

    private void Text(string text) => Encoding.ASCII.GetBytes(text, _lines);

    private static string Stamp(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);
}
