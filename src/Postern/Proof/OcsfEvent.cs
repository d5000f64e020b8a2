using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Postern.Program.Commands;

namespace Postern.Program.Proof;

/// <summary>A ruling as an OCSF 1.3 event: a detection finding (class 2004) where something was found, HTTP activity (class 4002) else.</summary>
internal static class OcsfEvent
{
    private const int DetectionFinding = 2004;
    private const int HttpActivity = 4002;

    /// <summary>The event as one line; null for a record that is no ruling.</summary>
    public static string? Of(JsonElement record)
    {
        if (!EvidenceLog.IsOfTraffic(record))
        {
            return null;
        }

        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes, Json.Line))
        {
            Write(writer, record);
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, JsonElement record)
    {
        var findings = record.TryGetProperty("findings", out var found) && found.ValueKind == JsonValueKind.Array ? found.EnumerateArray().ToArray() : [];
        var (classUid, activity) = findings.Length > 0 ? (DetectionFinding, 1) : (HttpActivity, ActivityOf(EvidenceLog.Text(record, "method")));
        writer.WriteStartObject();
        writer.WriteNumber("class_uid", classUid);
        writer.WriteNumber("category_uid", classUid / 1000);
        writer.WriteNumber("activity_id", activity);
        writer.WriteNumber("type_uid", (classUid * 100) + activity);
        writer.WriteNumber("time", DateTimeOffset.Parse(EvidenceLog.Text(record, "ts"), CultureInfo.InvariantCulture).ToUnixTimeMilliseconds());
        writer.WriteNumber("severity_id", findings.Length > 0 ? findings.Max(static finding => SeverityOf(EvidenceLog.Text(finding, "severity"))) : 1);
        writer.WriteNumber("action_id", EvidenceLog.Text(record, "effect") == "deny" ? 2 : 1);
        writer.WriteNumber("disposition_id", EvidenceLog.Text(record, "effect") switch { "deny" => 2, "redact" => 11, _ => 1 });
        writer.WriteStartObject("metadata");
        writer.WriteString("version", "1.3.0");
        writer.WriteString("uid", $"ev-{EvidenceLog.Text(record, "chain")}-{EvidenceLog.Text(record, "seq")}");
        writer.WriteStartObject("product");
        writer.WriteString("name", "Postern");
        writer.WriteString("vendor_name", "Postern");
        writer.WriteString("version", Product.Version);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteStartObject("actor");
        writer.WriteStartObject("user");
        writer.WriteString("name", EvidenceLog.Text(record, "actor"));
        writer.WriteEndObject();
        writer.WriteEndObject();
        WriteEndpoint(writer, EvidenceLog.Text(record, "destination"));
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
        writer.WriteString("uid", EvidenceLog.Text(findings[0], "rule"));
        writer.WriteString("title", EvidenceLog.Text(findings[0], "rule") + " in " + EvidenceLog.Text(findings[0], "where"));
        writer.WriteTexts("types", findings.Select(static finding => EvidenceLog.Text(finding, "rule")).Distinct());
        writer.WriteEndObject();
    }

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
