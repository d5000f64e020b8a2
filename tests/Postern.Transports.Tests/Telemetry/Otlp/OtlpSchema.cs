using System.Globalization;
using System.Text.Json;

namespace Postern.Transports.Tests.Telemetry.Otlp;

/// <summary>The messages of OTLP 1.x that a collector decodes, by their published schema: every field's name in JSON, and what it holds.</summary>
internal static class OtlpSchema
{
    private static readonly Dictionary<string, Dictionary<string, string>> s_messages = new()
    {
        ["ExportLogsServiceRequest"] = Fields("resourceLogs:[ResourceLogs"),
        ["ResourceLogs"] = Fields("resource:Resource scopeLogs:[ScopeLogs schemaUrl:string"),
        ["ScopeLogs"] = Fields("scope:InstrumentationScope logRecords:[LogRecord schemaUrl:string"),
        ["LogRecord"] = Fields("timeUnixNano:uint64 observedTimeUnixNano:uint64 severityNumber:enum severityText:string body:AnyValue attributes:[KeyValue droppedAttributesCount:uint32 flags:uint32 traceId:hex16 spanId:hex8 eventName:string"),
        ["ExportTraceServiceRequest"] = Fields("resourceSpans:[ResourceSpans"),
        ["ResourceSpans"] = Fields("resource:Resource scopeSpans:[ScopeSpans schemaUrl:string"),
        ["ScopeSpans"] = Fields("scope:InstrumentationScope spans:[Span schemaUrl:string"),
        ["Span"] = Fields("traceId:hex16 spanId:hex8 traceState:string parentSpanId:hex8 flags:uint32 name:string kind:enum startTimeUnixNano:uint64 endTimeUnixNano:uint64 attributes:[KeyValue status:Status"),
        ["Status"] = Fields("message:string code:enum"),
        ["ExportMetricsServiceRequest"] = Fields("resourceMetrics:[ResourceMetrics"),
        ["ResourceMetrics"] = Fields("resource:Resource scopeMetrics:[ScopeMetrics schemaUrl:string"),
        ["ScopeMetrics"] = Fields("scope:InstrumentationScope metrics:[Metric schemaUrl:string"),
        ["Metric"] = Fields("name:string description:string unit:string gauge:Gauge sum:Sum"),
        ["Gauge"] = Fields("dataPoints:[NumberDataPoint"),
        ["Sum"] = Fields("dataPoints:[NumberDataPoint aggregationTemporality:enum isMonotonic:bool"),
        ["NumberDataPoint"] = Fields("attributes:[KeyValue startTimeUnixNano:uint64 timeUnixNano:uint64 asDouble:double asInt:sint64 flags:uint32"),
        ["Resource"] = Fields("attributes:[KeyValue droppedAttributesCount:uint32"),
        ["InstrumentationScope"] = Fields("name:string version:string attributes:[KeyValue"),
        ["KeyValue"] = Fields("key:string value:AnyValue"),
        ["AnyValue"] = Fields("stringValue:string boolValue:bool intValue:sint64 doubleValue:double arrayValue:ArrayValue"),
        ["ArrayValue"] = Fields("values:[AnyValue"),
    };

    /// <summary>Decodes a document, or fails with the place that a collector would not understand.</summary>
    public static JsonElement Decode(string message, ReadOnlyMemory<byte> json)
    {
        var root = JsonDocument.Parse(json).RootElement;
        Check(root, message, message);
        return root;
    }

    private static Dictionary<string, string> Fields(string fields) => fields.Split(' ').Select(static field => field.Split(':')).ToDictionary(static pair => pair[0], static pair => pair[1]);

    private static void Check(JsonElement value, string type, string place)
    {
        if (type.StartsWith('['))
        {
            Assert.True(value.ValueKind == JsonValueKind.Array, place + " is no list");
            foreach (var (index, item) in value.EnumerateArray().Index())
            {
                Check(item, type[1..], string.Create(CultureInfo.InvariantCulture, $"{place}[{index}]"));
            }
        }
        else if (s_messages.TryGetValue(type, out var fields))
        {
            Assert.True(value.ValueKind == JsonValueKind.Object, place + " is no message");
            foreach (var member in value.EnumerateObject())
            {
                Assert.True(fields.ContainsKey(member.Name), $"{place} has no field {member.Name}");
                Check(member.Value, fields[member.Name], place + "." + member.Name);
            }
        }
        else
        {
            Assert.True(IsScalar(value, type), $"{place} is no {type}: {value}");
        }
    }

    private static bool IsScalar(JsonElement value, string type) => type switch
    {
        "string" => value.ValueKind == JsonValueKind.String,
        "bool" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "enum" or "uint32" => value.ValueKind == JsonValueKind.Number && value.TryGetUInt32(out _),
        "double" => value.ValueKind == JsonValueKind.Number,
        "uint64" => value.ValueKind == JsonValueKind.String && ulong.TryParse(value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out _),
        "sint64" => value.ValueKind == JsonValueKind.String && long.TryParse(value.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        "hex16" => value.GetString() is { Length: 32 } id && id.All(char.IsAsciiHexDigitLower) && id.Any(static digit => digit != '0'),
        "hex8" => value.GetString() is { Length: 16 } id && id.All(char.IsAsciiHexDigitLower) && id.Any(static digit => digit != '0'),
        _ => false,
    };
}
