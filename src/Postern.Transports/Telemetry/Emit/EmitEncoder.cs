using System.Buffers;
using System.Text.Json;
using Postern.Engine.Configuration.Sections;
using Postern.Engine.Evidence;

namespace Postern.Transports.Telemetry.Emit;

/// <summary>Writes events as sinks are told of them.</summary>
/// <param name="format">How.</param>
/// <param name="instance">Who says it.</param>
internal sealed class EmitEncoder(EmitFormat format, EmitInstance instance)
{
    /// <summary>True when the format has a shape for it.</summary>
    public bool Takes(EmitEvent told) => format == EmitFormat.Json || told.Record.Kind.IsOfTraffic();

    /// <summary>One event as an object on one line, without line feed.</summary>
    public ReadOnlyMemory<byte> Line(EmitEvent told)
    {
        var bytes = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(bytes))
        {
            Write(json, told);
        }

        return bytes.WrittenMemory;
    }

    /// <summary>Writes an event as an object.</summary>
    public void Write(Utf8JsonWriter json, EmitEvent told)
    {
        if (format == EmitFormat.Ocsf)
        {
            OcsfEvent.Write(json, told.Record.Line, instance.Version);
            return;
        }

        json.WriteStartObject();
        json.WriteString("instance", instance.Name);
        EntryFields.Write(json, told.Entry);
        json.WriteString("exchange", told.Record.Exchange);
        json.WriteEndObject();
    }
}
