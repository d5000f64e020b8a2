using System.Text.Json;
using Postern.Engine.Detection;
using Postern.Engine.Policy;

namespace Postern.Engine.Inspection;

/// <summary>Findings as JSON, the same wherever they are printed. Transports write them by this without knowing any word of a rule.</summary>
public static class FindingJson
{
    /// <summary>What sort of scanner made the finding, in the vocabulary of the Scan API.</summary>
    /// <returns><c>dlp</c>, <c>prompt_injection</c>, <c>url</c>, <c>protocol</c>, <c>uninspectable</c>, <c>budget</c>, <c>media</c> or <c>operation</c>.</returns>
    public static string ScannerOf(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return finding.Rule.Category switch
        {
            RuleCategory.Secret => "dlp",
            RuleCategory.Injection => "prompt_injection",
            RuleCategory.Destination => "url",
            var other => VerdictNames.Of(other),
        };
    }

    /// <summary>Writes <c>rule, severity, confidence, where, view</c> and, when there is one, <c>detail</c>, as commands print findings. Never anything that was matched.</summary>
    /// <param name="writer">Stands in an open object.</param>
    /// <param name="finding">What is written.</param>
    public static void WriteMembers(Utf8JsonWriter writer, Finding finding)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(finding);
        writer.WriteString("rule"u8, finding.Rule.Id);
        WriteCircumstances(writer, finding);
    }

    /// <summary>Writes one object of the Scan API: <c>scanner, rule_id, severity, confidence, where, view, message</c>. Never anything that was matched.</summary>
    /// <param name="writer">Stands where a value is expected.</param>
    /// <param name="finding">What is written.</param>
    /// <param name="withOffsets">True to add <c>evidence.offsets</c>: the first byte and the one after the last, counted in the inspected bytes.</param>
    public static void Write(Utf8JsonWriter writer, Finding finding, bool withOffsets)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(finding);
        writer.WriteStartObject();
        writer.WriteString("scanner"u8, ScannerOf(finding));
        // The reference's clients read rule_id; commands have the shorter name.
        writer.WriteString("rule_id"u8, finding.Rule.Id);
        WriteCircumstances(writer, finding);
        writer.WriteString("message"u8, finding.Rule.Title);
        if (withOffsets && finding.Start >= 0)
        {
            writer.WriteStartObject("evidence"u8);
            writer.WriteStartArray("offsets"u8);
            writer.WriteNumberValue(finding.Start);
            writer.WriteNumberValue(finding.Start + finding.Length);
            writer.WriteEndArray();
            writer.WriteString("encoding"u8, finding.View);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteCircumstances(Utf8JsonWriter writer, Finding finding)
    {
        writer.WriteString("severity"u8, VerdictNames.Of(finding.Rule.Severity));
        writer.WriteString("confidence"u8, VerdictNames.Of(finding.Confidence));
        writer.WriteString("where"u8, finding.Where);
        writer.WriteString("view"u8, finding.View);
        if (finding.Detail is { } detail)
        {
            writer.WriteString("detail"u8, detail);
        }
    }
}
