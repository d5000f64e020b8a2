using System.Text.Json;
using Postern.Engine.Detection;
using Postern.Engine.Policy;
using Postern.Program.Scanning.Reports;

namespace Postern.Program.Reports;

/// <summary>The findings of a report as SARIF 2.1.0. They stand in messages and not in files: places are logical ones.</summary>
internal static class ReportSarif
{
    /// <summary>Writes the log.</summary>
    public static byte[] Write(Report report)
    {
        Rule[] rules = [.. report.Findings.Select(static finding => KnownRules.Find(finding.Finding.Rule.Id) ?? finding.Finding.Rule).DistinctBy(static rule => rule.Id).OrderBy(static rule => rule.Id, StringComparer.Ordinal)];
        return Json.BytesOf(writer => SarifLog.Write(writer, rules, run => run.WriteArray(
            "results", report.Findings, (to, finding) => WriteResult(to, finding, Array.Find(rules, rule => rule.Id == finding.Finding.Rule.Id)!, Array.FindIndex(rules, rule => rule.Id == finding.Finding.Rule.Id)))));
    }

    private static void WriteResult(Utf8JsonWriter writer, ReportedFinding reported, Rule rule, int index)
    {
        writer.WriteString("ruleId", rule.Id);
        writer.WriteNumber("ruleIndex", index);
        writer.WriteString("level", reported.Effect == Effect.Deny ? "error" : "warning");
        SarifLog.WriteText(writer, "message", $"{rule.Title}: {VerdictNames.Of(reported.Effect, isFound: true)}, in {reported.Finding.Where} (seen as {reported.Finding.View}), {reported.Actor} to {reported.Destination}. {rule.Remedy}");
        writer.WriteArray("locations", [reported], static (to, one) => to.WriteArray("logicalLocations", [one], static (into, place) =>
        {
            into.WriteString("name", place.Finding.Where);
            into.WriteString("fullyQualifiedName", $"{place.Evidence}/{place.Finding.Where}");
        }));
        writer.WriteStartObject("partialFingerprints");
        writer.WriteString("postern/v1", reported.Finding.Fingerprint);
        writer.WriteEndObject();
        writer.WriteStartObject("properties");
        writer.WriteString("evidence", reported.Evidence);
        writer.WriteEndObject();
    }
}
