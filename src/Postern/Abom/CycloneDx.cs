using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace Postern.Program.Abom;

/// <summary>
/// A bill of materials as CycloneDX 1.6 JSON. The same input gives the same bytes: its time is that of the last record, its serial number
/// a hash of what it lists.
/// </summary>
internal static class CycloneDx
{
    private const string Prefix = "postern:";

    /// <summary>Writes the document.</summary>
    public static byte[] Write(BillOfMaterials bom) => Json.BytesOf(writer =>
    {
        writer.WriteString("$schema", "http://cyclonedx.org/schema/bom-1.6.schema.json");
        writer.WriteString("bomFormat", "CycloneDX");
        writer.WriteString("specVersion", "1.6");
        writer.WriteString("serialNumber", "urn:uuid:" + SerialOf(Json.BytesOf(body => WriteBody(body, bom))));
        writer.WriteNumber("version", 1);
        WriteBody(writer, bom);
    });

    /// <summary>Names it apart from everything else in the document.</summary>
    public static string ReferenceOf(BomEntry entry) => string.Join('/', ((string[])[NameOf(entry.Kind), entry.Group, entry.Name, entry.Version]).Where(static part => part.Length > 0));

    private static void WriteBody(Utf8JsonWriter writer, BillOfMaterials bom)
    {
        writer.WriteStartObject("metadata");
        if (bom.Until.Length > 0)
        {
            writer.WriteString("timestamp", bom.Until);
        }

        writer.WriteStartObject("tools");
        writer.WriteArray("components", [Product.Version], static (to, version) =>
        {
            to.WriteString("type", "application");
            to.WriteString("name", "postern");
            to.WriteString("version", version);
        });
        writer.WriteEndObject();
        writer.WriteStartObject("component");
        writer.WriteString("type", "application");
        writer.WriteString("name", "agent");
        writer.WriteEndObject();
        WriteFacts(writer, bom.Unread.Select(static file => ("unread", file))
            .Prepend(("confidence", bom.Confidence.ToString(CultureInfo.InvariantCulture)))
            .Concat(bom.Entries.Where(static entry => entry.Status is "unexpected" or "dormant").Select(static entry => ("drift:" + entry.Status, ReferenceOf(entry)))));
        writer.WriteEndObject();
        writer.WriteArray("components", bom.Entries.Where(static entry => entry.Kind != BomKind.Host), WriteComponent);
        writer.WriteArray("services", bom.Entries.Where(static entry => entry.Kind == BomKind.Host), WriteService);
    }

    private static void WriteComponent(Utf8JsonWriter writer, BomEntry entry)
    {
        writer.WriteString("type", entry.Kind switch { BomKind.Model => "machine-learning-model", BomKind.Package => "library", _ => "application" });
        writer.WriteString("bom-ref", ReferenceOf(entry));
        if (entry is { Kind: BomKind.Tool, Group.Length: > 0 })
        {
            writer.WriteString("group", entry.Group);
        }

        writer.WriteString("name", entry.Name);
        if (entry.Version.Length > 0)
        {
            writer.WriteString("version", entry.Version);
        }

        if (entry.Kind == BomKind.Package)
        {
            writer.WriteString("purl", PurlOf(entry));
        }

        writer.WriteStartObject("evidence");
        writer.WriteArray("identity", [entry], static (to, one) =>
        {
            to.WriteString("field", "name");
            to.WriteNumber("confidence", one.Confidence);
            to.WriteArray("methods", MethodsOf(one), static (into, method) =>
            {
                into.WriteString("technique", method.Technique);
                into.WriteNumber("confidence", method.Confidence);
                into.WriteString("value", method.Value);
            });
        });
        writer.WriteEndObject();
        WriteFacts(writer, FactsOf(entry));
    }

    private static void WriteService(Utf8JsonWriter writer, BomEntry entry)
    {
        writer.WriteString("bom-ref", ReferenceOf(entry));
        writer.WriteString("name", entry.Name);
        if (entry.Facts.TryGetValue("endpoint", out var endpoint))
        {
            writer.WriteTexts("endpoints", [endpoint]);
        }

        writer.WriteBoolean("x-trust-boundary", true);
        WriteFacts(writer, FactsOf(entry).Append(("confidence", entry.Confidence.ToString(CultureInfo.InvariantCulture))));
    }

    private static IEnumerable<(string Technique, double Confidence, string Value)> MethodsOf(BomEntry entry)
    {
        foreach (var file in entry.Declared)
        {
            yield return ("manifest-analysis", entry.Version.Length > 0 ? 0.9 : 0.6, file);
        }

        if (entry.Observed > 0)
        {
            yield return ("dynamic-analysis", 1, "evidence records");
        }
    }

    private static IEnumerable<(string Name, string Value)> FactsOf(BomEntry entry)
    {
        yield return ("kind", NameOf(entry.Kind));
        yield return ("status", entry.Status);
        if (entry.Kind == BomKind.Package)
        {
            yield return ("ecosystem", entry.Group);
        }

        foreach (var file in entry.Declared)
        {
            yield return ("declared-in", file);
        }

        if (entry.IsObservable)
        {
            yield return ("observed", entry.Observed.ToString(CultureInfo.InvariantCulture));
            yield return ("refused", entry.Refused.ToString(CultureInfo.InvariantCulture));
        }

        foreach (var (name, value) in entry.Facts.Where(static fact => fact.Key != "endpoint"))
        {
            yield return (name, value);
        }
    }

    private static void WriteFacts(Utf8JsonWriter writer, IEnumerable<(string Name, string Value)> facts) => writer.WriteArray("properties", facts, static (to, fact) =>
    {
        to.WriteString("name", Prefix + fact.Name);
        to.WriteString("value", fact.Value);
    });

    private static string NameOf(BomKind kind) => kind switch
    {
        BomKind.Server => "mcp-server",
        BomKind.Tool => "tool",
        BomKind.Model => "model",
        BomKind.Host => "host",
        _ => "package",
    };

    /// <summary>package-url: segments of the name escaped each for itself.</summary>
    private static string PurlOf(BomEntry entry) =>
        $"pkg:{entry.Group}/{string.Join('/', entry.Name.Split('/').Select(Uri.EscapeDataString))}" + (entry.Version.Length > 0 ? "@" + Uri.EscapeDataString(entry.Version) : "");

    /// <summary>A UUID of version 8 (RFC 9562): 122 bits of a hash.</summary>
    private static Guid SerialOf(byte[] body)
    {
        var bytes = SHA256.HashData(body).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
