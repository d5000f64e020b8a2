using Postern.Engine.Detection;
using Postern.Engine.Policy;

namespace Postern.Program.Reports;

/// <summary>A report for people.</summary>
/// <param name="report">What it says.</param>
/// <param name="page">What it is written on.</param>
internal sealed class ReportPage(Report report, Page page)
{
    /// <summary>Writes the page.</summary>
    public static byte[] Write(Report report) => Page.Write("Postern report", page => new ReportPage(report, page).Whole());

    private void Whole()
    {
        page.Header("What the agents did", Span());
        Verdict();
        Numbers();
        if (report.Rulings.All > 0)
        {
            Time();
        }

        Categories();
        Rules();
        foreach (var (title, table) in ((string, SortedDictionary<string, Tally>)[])[("Agents", report.Agents), ("Destinations", report.Destinations), ("Tools", report.Tools), ("Models", report.Models), ("Transports", report.Transports)])
        {
            Names(title, table);
        }

        Findings();
        Proof();
    }

    private string Span() => report.First is { } first && report.Last is { } last ? $"{Charts.TimeOf(first)} to {Charts.TimeOf(last)}" : "nothing is on record";

    private void Verdict() => page.Section("", "verdict " + report.Risk, () =>
    {
        page.Html.Text("strong", report.Risk switch
        {
            "red" => "Something grave was found.",
            "amber" => "Something was found; nothing of it is grave.",
            _ => "Nothing was found.",
        });
        var verification = report.Verification;
        page.Html.Text("p", verification switch
        {
            { Sound: false } => $"The evidence does not hold ({verification.Failure}): nothing below can be relied on.",
            { Signed: false } => "The evidence is whole, and not signed.",
            _ => $"The evidence is whole and signed: {verification.Records} records, {verification.Checkpoints} checkpoints.",
        });
        if (report.Rulings.Observed > 0)
        {
            page.Html.Text("p", $"{report.Rulings.Observed} of the rulings would have been refusals or edits: the policy only observed.");
        }
    });

    private void Numbers() => page.Numbers(
        "In numbers",
        ("rulings", Page.Count(report.Rulings.All)), ("refused", Page.Count(report.Rulings.Refused)), ("edited", Page.Count(report.Rulings.Edited)), ("findings", Page.Count(report.FindingCount)),
        ("bytes inspected", Page.Count(report.InspectedBytes)), ("bytes passed unread", Page.Count(report.OpaqueBytes)), ("agents", Page.Count(report.Agents.Count)), ("destinations", Page.Count(report.Destinations.Count)));

    private void Time() => page.Section("Over time", "", () =>
    {
        Charts.Timeline(page.Html, report.Timeline);
        page.Html.Element("p", [("class", "legend")], () =>
        {
            Charts.Key(page.Html, "bar-passed", "passed");
            Charts.Key(page.Html, "bar-edited", "edited");
            Charts.Key(page.Html, "bar-refused", "refused");
            page.Html.Text("span", $"one bar is {Charts.LengthOf(report.Timeline.Step)}");
        });
    });

    private void Categories()
    {
        var most = report.Categories.Values.Select(static tally => tally.Findings).DefaultIfEmpty(1).Max();
        page.Table("Findings by category", ["category", "findings", "refused", "", "worst", "techniques"], report.Categories.OrderByDescending(static pair => pair.Value.Findings).ToList(), pair =>
        {
            page.Cell(pair.Key).Number(pair.Value.Findings).Number(pair.Value.Refused);
            page.Html.Element("td", [], () => Charts.Bar(page.Html, $"{pair.Value.Findings} findings, {pair.Value.Refused} refused", pair.Value.Findings, (pair.Value.Refused, most)));
            page.Cell(VerdictNames.Of(pair.Value.Worst)).Cell(string.Join(", ", pair.Value.Techniques));
        });
    }

    private void Rules() => page.Table("Findings by rule", ["rule", "", "findings", "refused", "worst", "techniques"], report.Rules.OrderByDescending(static pair => pair.Value.Findings).ToList(), pair =>
    {
        page.Html.Element("td", [], () => page.Html.Text("code", pair.Key));
        page.Cell(KnownRules.Find(pair.Key)?.Title ?? "").Number(pair.Value.Findings).Number(pair.Value.Refused).Cell(VerdictNames.Of(pair.Value.Worst)).Cell(string.Join(", ", pair.Value.Techniques));
    });

    private void Names(string title, SortedDictionary<string, Tally> table) => page.Table(title, ["name", "rulings", "passed", "edited", "refused"], table.OrderByDescending(static pair => pair.Value.Refused).ThenByDescending(static pair => pair.Value.All).ToList(), pair =>
        page.Cell(pair.Key).Number(pair.Value.All).Number(pair.Value.Passed).Number(pair.Value.Edited).Number(pair.Value.Refused));

    private void Findings() => page.Table($"The worst findings{(report.FindingCount > report.Findings.Count ? $", {report.Findings.Count} of {report.FindingCount}" : "")}", ["time", "who", "to", "rule and place", "severity", "decision", "evidence"], report.Findings, finding =>
    {
        page.Cell(Charts.TimeOf(finding.Time)).Cell(finding.Actor).Cell(finding.Destination);
        page.Html.Element("td", [], () => page.Html.Text("code", finding.Finding.Rule.Id).Text($" in {Terminal.Plain(finding.Finding.Where)}"));
        page.Cell(VerdictNames.Of(finding.Finding.Rule.Severity));
        page.Html.Text("td", VerdictNames.Of(finding.Effect, isFound: true), finding.Effect switch { Effect.Deny or Effect.Ask => "word refused", Effect.Redact => "word edited", _ => "word" });
        page.Html.Element("td", [], () => page.Html.Text("code", finding.Evidence));
    }, Report.MaxFindings);

    private void Proof() => page.Section("How far this can be believed", "long", () =>
    {
        page.Html.Text("p", "Every line above can be checked against the signed records: postern evidence verify, postern evidence prove. What they cannot prove:");
        page.Html.Element("ul", [], () =>
        {
            foreach (var limit in report.Verification.CannotProve.Concat(report.Verification.UnendedActors.Select(static actor => "Session without an end: " + actor)))
            {
                page.Html.Text("li", limit);
            }
        });
        page.Html.Text("p", $"Postern {Product.Version}. Policies in force: {string.Join(", ", report.Policies.Where(static hash => hash.Length > 0))}. Signed by: {string.Join(", ", report.Verification.Keys)}.", "dim");
    });
}
