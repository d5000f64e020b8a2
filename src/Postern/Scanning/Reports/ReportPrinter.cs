using System.Globalization;
using System.Text.Json;
using Postern.Engine.Inspection;
using Postern.Program.Scanning.Files;

namespace Postern.Program.Scanning.Reports;

/// <summary>Prints a report for people, and as JSON. Never anything that was matched.</summary>
/// <param name="withWarnings">True to show also what would pass with a warning.</param>
internal sealed class ReportPrinter(bool withWarnings)
{
    /// <summary>One line per finding on standard output, the count on standard error.</summary>
    public void PrintText(ScanReport report)
    {
        foreach (var finding in report.Findings.Where(IsShown).Where(static finding => finding.AcceptedBy is null))
        {
            var line = $"{finding.Path}:{finding.Line}:{finding.Column}: {finding.Verdict} {finding.Finding.Rule.Id}: {finding.Finding.Rule.Title}";
            Console.Out.WriteLine(finding.IsObjection ? Terminal.Red(line) : line);
        }

        var megabytes = (report.Bytes / 1e6).ToString("0.0", CultureInfo.InvariantCulture);
        var warnings = report.Findings.Count(static finding => !finding.IsObjection && finding.AcceptedBy is null);
        Console.Error.WriteLine($"{report.Texts} texts, {megabytes} MB: {report.Objections} to refuse, {warnings} to warn of, {report.Accepted} accepted, {report.Binaries} binary files skipped");
    }

    /// <summary>One object on standard output.</summary>
    public void PrintJson(ScanReport report) => Json.PrintObject(writer =>
    {
        writer.WriteNumber("texts", report.Texts);
        writer.WriteNumber("bytes", report.Bytes);
        writer.WriteNumber("binary_skipped", report.Binaries);
        writer.WriteTexts("faults", report.Faults);
        writer.WriteArray("findings", report.Findings.Where(IsShown), Write);
    });

    /// <summary>True for what is part of the output.</summary>
    public bool IsShown(FileFinding finding) => withWarnings || finding.IsObjection || finding.AcceptedBy is not null;

    private static void Write(Utf8JsonWriter writer, FileFinding finding)
    {
        writer.WriteString("file", finding.Path);
        writer.WriteNumber("line", finding.Line);
        writer.WriteNumber("column", finding.Column);
        writer.WriteString("verdict", finding.Verdict);
        FindingJson.WriteMembers(writer, finding.Finding);
        if (finding.AcceptedBy is { } by)
        {
            writer.WriteString("accepted_by", by);
            writer.WriteString("reason", finding.Reason);
        }
    }
}
