using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Postern.Engine.Configuration.Sections;
using Postern.Engine.Policy;

namespace Postern.Transports.Telemetry;

/// <summary>Turns entries into lines. The field names are an interface: add, never rename.</summary>
internal sealed class LogWriter(LogFormat format) : IDisposable
{
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
            _json.Reset(_lines);
            _json.WriteStartObject();
            _json.WriteString("time", EntryFields.Stamp(time));
            _json.WriteString("level", "warning");
            _json.WriteString("severity", Urgencies.NameOf(Urgency.Warn));
            _json.WriteString("event", EventNames.LogDropped);
            _json.WriteNumber("count", count);
            End();
        }
        else
        {
            Text($"{EntryFields.Stamp(time)} warning {EventNames.LogDropped} count={count.ToString(CultureInfo.InvariantCulture)}\n");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _json.Dispose();

    private void AddJson(LogEntry entry)
    {
        _json.Reset(_lines);
        _json.WriteStartObject();
        EntryFields.Write(_json, entry);
        End();
    }

    private void AddText(LogEntry entry)
    {
        var line = new StringBuilder(256).Append(EntryFields.Stamp(entry.Time)).Append(' ').Append(entry.Level).Append(' ').Append(entry.Event);
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

    private void End()
    {
        _json.WriteEndObject();
        _json.Flush();
        _lines.Write("\n"u8);
    }

    private void Text(string text) => Encoding.ASCII.GetBytes(text, _lines);
}
