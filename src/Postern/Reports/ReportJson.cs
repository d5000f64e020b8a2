using System.Globalization;
using System.Text.Json;
using Postern.Engine.Policy;

namespace Postern.Program.Reports;

/// <summary>A report for programs.</summary>
internal static class ReportJson
{
    /// <summary>Writes the whole of it.</summary>
    public static byte[] Write(Report report) => Json.BytesOf(writer =>
    {
        writer.WriteString("version", Product.Version);
        writer.WriteString("risk", report.Risk);
        writer.WriteString("first", report.First?.ToString("O", CultureInfo.InvariantCulture));
        writer.WriteString("last", report.Last?.ToString("O", CultureInfo.InvariantCulture));
        WriteVerification(writer, report);
        writer.WriteStartObject("rulings");
        Write(writer, report.Rulings);
        writer.WriteEndObject();
        writer.WriteNumber("inspected_bytes", report.InspectedBytes);
        writer.WriteNumber("opaque_bytes", report.OpaqueBytes);
        writer.WriteTexts("policies", report.Policies);
        writer.WriteNumber("step_seconds", report.Timeline.Step.TotalSeconds);
        writer.WriteArray("timeline", report.Timeline.Steps, static (to, step) =>
        {
            to.WriteString("start", step.Start.ToString("O", CultureInfo.InvariantCulture));
            Write(to, step.Tally);
        });
        WriteFindings(writer, "categories", report.Categories);
        WriteFindings(writer, "rules", report.Rules);
        foreach (var (name, table) in TablesOf(report))
        {
            writer.WriteArray(name, table, static (to, entry) =>
            {
                to.WriteString("name", entry.Key);
                Write(to, entry.Value);
            });
        }

        writer.WriteNumber("finding_count", report.FindingCount);
        writer.WriteArray("findings", report.Findings, WriteFinding);
    });

    /// <summary>The tables of who, where to and by what, by name.</summary>
    public static IEnumerable<(string Name, SortedDictionary<string, Tally> Table)> TablesOf(Report report) =>
        [("agents", report.Agents), ("destinations", report.Destinations), ("tools", report.Tools), ("models", report.Models), ("transports", report.Transports)];

    private static void WriteVerification(Utf8JsonWriter writer, Report report)
    {
        var verification = report.Verification;
        writer.WriteStartObject("verification");
        writer.WriteBoolean("sound", verification.Sound);
        writer.WriteBoolean("signed", verification.Signed);
        writer.WriteString("failure", verification.Failure?.ToString());
        writer.WriteNumber("records", verification.Records);
        writer.WriteNumber("ended_sessions", verification.EndedSessions);
        writer.WriteTexts("sessions_without_end", verification.UnendedActors);
        writer.WriteTexts("keys", verification.Keys);
        writer.WriteTexts("cannot_prove", verification.CannotProve);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, Tally tally)
    {
        writer.WriteNumber("all", tally.All);
        writer.WriteNumber("passed", tally.Passed);
        writer.WriteNumber("edited", tally.Edited);
        writer.WriteNumber("refused", tally.Refused);
        writer.WriteNumber("observed", tally.Observed);
    }

    private static void WriteFindings(Utf8JsonWriter writer, string name, SortedDictionary<string, CategoryTally> table) => writer.WriteArray(name, table, static (to, entry) =>
    {
        to.WriteString("name", entry.Key);
        to.WriteNumber("findings", entry.Value.Findings);
        to.WriteNumber("refused", entry.Value.Refused);
        to.WriteString("severity", VerdictNames.Of(entry.Value.Worst));
        to.WriteTexts("techniques", entry.Value.Techniques);
    });

    private static void WriteFinding(Utf8JsonWriter writer, ReportedFinding reported)
    {
        writer.WriteString("evidence", reported.Evidence);
        writer.WriteString("time", reported.Time.ToString("O", CultureInfo.InvariantCulture));
        writer.WriteString("actor", reported.Actor);
        writer.WriteString("destination", reported.Destination);
        writer.WriteString("effect", VerdictNames.Of(reported.Effect, isFound: true));
        writer.WriteString("rule", reported.Finding.Rule.Id);
        writer.WriteString("severity", VerdictNames.Of(reported.Finding.Rule.Severity));
        writer.WriteString("where", reported.Finding.Where);
        writer.WriteString("view", reported.Finding.View);
    }
}
