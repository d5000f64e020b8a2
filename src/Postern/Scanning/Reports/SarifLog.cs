using System.Text.Json;
using Postern.Engine.Detection;
using Postern.Engine.Policy;
using Postern.Program.Scanning.Files;

namespace Postern.Program.Scanning.Reports;

/// <summary>A report as SARIF 2.1.0 (OASIS), the form that code hosts read.</summary>
internal static class SarifLog
{
    private const string Schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    /// <summary>Prints the log on standard output.</summary>
    public static void Print(ScanReport report, IEnumerable<FileFinding> shown)
    {
        FileFinding[] findings = [.. shown];
        Rule[] rules = [.. findings.Select(static finding => finding.Finding.Rule).DistinctBy(static rule => rule.Id).OrderBy(static rule => rule.Id, StringComparer.Ordinal)];
        Json.PrintObject(writer => Write(writer, rules, run =>
        {
            run.WriteString("columnKind", "utf16CodeUnits");
            run.WriteArray("invocations", [report], WriteInvocation);
            run.WriteArray("results", findings, (to, finding) => WriteResult(to, finding, Array.FindIndex(rules, rule => rule.Id == finding.Finding.Rule.Id)));
        }));
    }

    /// <summary>Writes the members of a log with one run.</summary>
    /// <param name="writer">Where they go.</param>
    /// <param name="rules">The rules that results name by their index.</param>
    /// <param name="run">Writes the run's own members.</param>
    public static void Write(Utf8JsonWriter writer, Rule[] rules, Action<Utf8JsonWriter> run)
    {
        writer.WriteString("$schema", Schema);
        writer.WriteString("version", "2.1.0");
        writer.WriteStartArray("runs");
        writer.WriteStartObject();
        WriteTool(writer, rules);
        run(writer);
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    /// <summary>Writes a message.</summary>
    public static void WriteText(Utf8JsonWriter writer, string name, string text)
    {
        writer.WriteStartObject(name);
        writer.WriteString("text", text);
        writer.WriteEndObject();
    }

    private static void WriteTool(Utf8JsonWriter writer, Rule[] rules)
    {
        writer.WriteStartObject("tool");
        writer.WriteStartObject("driver");
        writer.WriteString("name", "Postern");
        writer.WriteString("version", Product.Version);
        writer.WriteArray("rules", rules, static (to, rule) =>
        {
            to.WriteString("id", rule.Id);
            WriteText(to, "shortDescription", rule.Title);
            WriteText(to, "help", rule.Remedy);
            to.WriteStartObject("properties");
            to.WriteString("security-severity", SeverityNumber(rule.Severity));
            to.WriteTexts("tags", ["security", VerdictNames.Of(rule.Category)]);
            to.WriteEndObject();
        });
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteInvocation(Utf8JsonWriter writer, ScanReport report)
    {
        writer.WriteBoolean("executionSuccessful", !report.Faults.Any());
        writer.WriteArray("toolExecutionNotifications", report.Faults, static (to, fault) =>
        {
            to.WriteString("level", "error");
            WriteText(to, "message", fault);
        });
        writer.WriteStartObject("properties");
        writer.WriteNumber("binarySkipped", report.Binaries);
        writer.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter writer, FileFinding finding, int ruleIndex)
    {
        writer.WriteString("ruleId", finding.Finding.Rule.Id);
        writer.WriteNumber("ruleIndex", ruleIndex);
        writer.WriteString("level", finding.Effect == Effect.Allow ? "warning" : "error");
        WriteText(writer, "message", $"{finding.Finding.Rule.Title} (seen as {finding.Finding.View}). {finding.Finding.Rule.Remedy}");
        writer.WriteArray("locations", [finding], WriteLocation);
        if (finding.AcceptedBy is { } by)
        {
            writer.WriteArray("suppressions", [finding], (to, accepted) =>
            {
                to.WriteString("kind", by == "comment" ? "inSource" : "external");
                to.WriteString("justification", accepted.Reason.Length == 0 ? by : accepted.Reason);
            });
        }
    }

    private static void WriteLocation(Utf8JsonWriter writer, FileFinding finding)
    {
        writer.WriteStartObject("physicalLocation");
        writer.WriteStartObject("artifactLocation");
        writer.WriteString("uri", PathText.Uri(finding.Path));
        writer.WriteEndObject();
        writer.WriteStartObject("region");
        writer.WriteNumber("startLine", finding.Line);
        writer.WriteNumber("startColumn", finding.Column);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    // The bands in which code hosts show a number as critical, high, medium or low.
    private static string SeverityNumber(Severity severity) => severity switch
    {
        Severity.Critical => "9.5",
        Severity.High => "8.0",
        Severity.Medium => "5.5",
        _ => "2.0",
    };
}
