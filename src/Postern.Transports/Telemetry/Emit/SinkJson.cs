using System.Text.Json;

namespace Postern.Transports.Telemetry.Emit;

/// <summary>How the sinks are doing, as <c>/health</c>, <c>/stats</c> and the control port say it.</summary>
internal static class SinkJson
{
    /// <summary>Writes the member <c>sinks</c>; nothing when there are none.</summary>
    public static void Write(Utf8JsonWriter writer, IReadOnlyList<EmitStatus> sinks)
    {
        if (sinks.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("sinks");
        foreach (var sink in sinks)
        {
            writer.WriteStartObject();
            writer.WriteString("name", sink.Name);
            writer.WriteString("trouble", sink.Trouble);
            writer.WriteNumber("delivered", sink.Delivered);
            writer.WriteNumber("failures", sink.Failures);
            writer.WriteNumber("refused", sink.Refused);
            writer.WriteNumber("missed", sink.Missed);
            writer.WriteNumber("pending_bytes", sink.PendingBytes);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
