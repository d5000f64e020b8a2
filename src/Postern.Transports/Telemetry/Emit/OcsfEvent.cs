using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Postern.Engine.Detection;

namespace Postern.Transports.Telemetry.Emit;

/// <summary>A ruling as an OCSF 1.3 event: a detection finding (class 2004) where something was found, HTTP activity (class 4002) else.</summary>
public static class OcsfEvent
{
    private const int DetectionFinding = 2004;
    private const int HttpActivity = 4002;

    private static readonly JsonWriterOptions s_line = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The event as one line; null for a record that is no ruling.</summary>
    /// <param name="record">The members of the record.</param>
    /// <param name="version">The version of Postern that says it.</param>
    public static string? Of(JsonElement record, string version)
    {
        if (!IsOneFor(record))
        {
            return null;
        }

        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes, s_line))
        {
            Write(writer, record, version);
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    /// <summary>True for a ruling: OCSF has no class for what Postern says about itself.</summary>
    internal static bool IsOneFor(JsonElement record) => Text(record, "kind") is "ruling" or "open" or "span" or "close";

    /// <summary>Writes it as an object.</summary>
    internal static void Write(Utf8JsonWriter writer, JsonElement record, string version)
    {
        var findings = record.TryGetProperty("findings", out var found) && found.ValueKind == JsonValueKind.Array ? found.EnumerateArray().ToArray() : [];
        var (classUid, activity) = findings.Length > 0 ? (DetectionFinding, 1) : (HttpActivity, ActivityOf(Text(record, "method")));
        writer.WriteStartObject();
        writer.WriteNumber("class_uid", classUid);
        writer.WriteNumber("category_uid", classUid / 1000);
        writer.WriteNumber("activity_id", activity);
        writer.WriteNumber("type_uid", (classUid * 100) + activity);
        writer.WriteNumber("time", DateTimeOffset.Parse(Text(record, "ts"), CultureInfo.InvariantCulture).ToUnixTimeMilliseconds());
        writer.WriteNumber("severity_id", findings.Length > 0 ? findings.Max(static finding => SeverityOf(Text(finding, "severity"))) : 1);
        writer.WriteNumber("action_id", Text(record, "effect") == "deny" ? 2 : 1);
        writer.WriteNumber("disposition_id", Text(record, "effect") switch { "deny" => 2, "redact" => 11, _ => 1 });
        writer.WriteStartObject("metadata");
        writer.WriteString("version", "1.3.0");
        writer.WriteString("uid", $"ev-{Text(record, "chain")}-{Text(record, "seq")}");
        writer.WriteStartObject("product");
        writer.WriteString("name", "Postern");
        writer.WriteString("vendor_name", "Postern");
        writer.WriteString("version", version);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteStartObject("actor");
        writer.WriteStartObject("user");
        writer.WriteString("name", Text(record, "actor"));
        writer.WriteEndObject();
        writer.WriteEndObject();
        WriteEndpoint(writer, Text(record, "destination"));
        WriteFindings(writer, findings);
        writer.WriteEndObject();
    }

    private static void WriteEndpoint(Utf8JsonWriter writer, string destination)
    {
        if (!Uri.TryCreate(destination, UriKind.Absolute, out var url) || url.Host.Length == 0)
        {
            return;
        }

        writer.WriteStartObject("dst_endpoint");
        writer.WriteString("hostname", url.IdnHost);
        writer.WriteNumber("port", url.Port);
        writer.WriteEndObject();
    }

    private static void WriteFindings(Utf8JsonWriter writer, JsonElement[] findings)
    {
        if (findings.Length == 0)
        {
            return;
        }

        writer.WriteStartObject("finding_info");
        writer.WriteString("uid", Text(findings[0], "rule"));
        writer.WriteString("title", Text(findings[0], "rule") + " in " + Text(findings[0], "where"));
        var rules = findings.Select(static finding => Text(finding, "rule")).Distinct().ToArray();
        writer.WriteStartArray("types");
        foreach (var rule in rules)
        {
            writer.WriteStringValue(rule);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        WriteAttacks(writer, rules);
    }

    /// <summary>Techniques of ATT&amp;CK and ATLAS, which OCSF 1.3 has one member for.</summary>
    private static void WriteAttacks(Utf8JsonWriter writer, string[] rules)
    {
        writer.WriteStartArray("attacks");
        foreach (var technique in rules.SelectMany(Techniques.Of).Distinct())
        {
            writer.WriteStartObject();
            writer.WriteStartObject("technique");
            writer.WriteString("uid", technique);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static string Text(JsonElement record, string name) =>
        record.TryGetProperty(name, out var value) ? value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText() : string.Empty;

    /// <summary>As OCSF numbers HTTP methods.</summary>
    private static int ActivityOf(string method) => method switch
    {
        "CONNECT" => 1,
        "DELETE" => 2,
        "GET" => 3,
        "HEAD" => 4,
        "OPTIONS" => 5,
        "POST" => 6,
        "PUT" => 7,
        "TRACE" => 8,
        _ => 99,
    };

    private static int SeverityOf(string severity) => severity switch
    {
        "low" => 2,
        "medium" => 3,
        "high" => 4,
        "critical" => 5,
        _ => 1,
    };
}
