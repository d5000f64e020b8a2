using System.Text.Json;
using Postern.Engine.Detection;
using Postern.Engine.Evidence;

namespace Postern.Engine.Inspection;

/// <summary>Findings as the HTTP interfaces print them. Transports write them by this without knowing any word of a rule.</summary>
public static class FindingJson
{
    /// <summary>What sort of scanner made the finding, in the vocabulary of the Scan API.</summary>
    /// <returns><c>dlp</c>, <c>prompt_injection</c>, <c>url</c>, <c>protocol</c>, <c>uninspectable</c>, <c>budget</c> or <c>operation</c>.</returns>
    public static string ScannerOf(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return finding.Rule.Category switch
        {
            RuleCategory.Secret => "dlp",
            RuleCategory.Injection => "prompt_injection",
            RuleCategory.Destination => "url",
            RuleCategory.Protocol => "protocol",
            RuleCategory.Uninspectable => "uninspectable",
            RuleCategory.Budget => "budget",
            _ => "operation",
        };
    }

    /// <summary>Writes one object: <c>scanner, rule_id, severity, confidence, where, view, message</c>. Never anything that was matched.</summary>
    /// <param name="writer">Stands where a value is expected.</param>
    /// <param name="finding">What is written.</param>
    /// <param name="withOffsets">True to add <c>evidence.offsets</c>: the first byte and the one after the last, counted in the inspected bytes.</param>
    public static void Write(Utf8JsonWriter writer, Finding finding, bool withOffsets)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(finding);
        writer.WriteStartObject();
        writer.WriteString("scanner", ScannerOf(finding));
        writer.WriteString("rule_id", finding.Rule.Id);
        writer.WriteString("severity", EvidenceWords.Of(finding.Rule.Severity));
        writer.WriteString("confidence", EvidenceWords.Of(finding.Confidence));
        writer.WriteString("where", finding.Where);
        writer.WriteString("view", finding.View);
        writer.WriteString("message", finding.Rule.Title);
        if (withOffsets && finding.Start >= 0)
        {
            writer.WriteStartObject("evidence");
            writer.WriteStartArray("offsets");
            writer.WriteNumberValue(finding.Start);
            writer.WriteNumberValue(finding.Start + finding.Length);
            writer.WriteEndArray();
            writer.WriteString("encoding", finding.View);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }
}
