using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Postern.Transports.Telemetry.Emit;

namespace Postern.Transports.Telemetry.Otlp;

/// <summary>
/// The frame that logs, spans and metrics share in OTLP's JSON encoding: names in lowerCamelCase, 64-bit integers as strings, ids as
/// hexadecimal digits, enumerations as numbers.
/// </summary>
internal static class OtlpDocument
{
    /// <summary>The request of one signal.</summary>
    /// <param name="signal"><c>Logs</c>, <c>Spans</c> or <c>Metrics</c>: the middle of the frame's names.</param>
    /// <param name="instance">The resource.</param>
    /// <param name="items">Writes the objects of the innermost list.</param>
    public static ReadOnlyMemory<byte> Of(OtlpSignal signal, EmitInstance instance, Action<Utf8JsonWriter> items)
    {
        var bytes = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteStartArray("resource" + signal.Frame);
            json.WriteStartObject();
            json.WriteStartObject("resource");
            json.WriteStartArray("attributes");
            Attribute(json, "service.name", "postern");
            Attribute(json, "service.version", instance.Version);
            Attribute(json, "service.instance.id", instance.Name);
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteStartArray("scope" + signal.Frame);
            json.WriteStartObject();
            json.WriteStartObject("scope");
            json.WriteString("name", "postern");
            json.WriteString("version", instance.Version);
            json.WriteEndObject();
            json.WriteStartArray(signal.Items);
            items(json);
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return bytes.WrittenMemory;
    }

    /// <summary>One attribute; none for an empty text.</summary>
    public static void Attribute(Utf8JsonWriter json, string key, string value)
    {
        if (value.Length == 0)
        {
            return;
        }

        json.WriteStartObject();
        json.WriteString("key", key);
        json.WriteStartObject("value");
        json.WriteString("stringValue", value);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>An attribute that is a list of texts; none for an empty list.</summary>
    public static void Attribute(Utf8JsonWriter json, string key, IEnumerable<string> values)
    {
        var texts = values.ToArray();
        if (texts.Length == 0)
        {
            return;
        }

        json.WriteStartObject();
        json.WriteString("key", key);
        json.WriteStartObject("value");
        json.WriteStartObject("arrayValue");
        json.WriteStartArray("values");
        foreach (var text in texts)
        {
            json.WriteStartObject();
            json.WriteString("stringValue", text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>A time in nanoseconds since 1970.</summary>
    public static string Nanoseconds(DateTimeOffset time) =>
        ((time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) * TimeSpan.NanosecondsPerTick).ToString(CultureInfo.InvariantCulture);
}
