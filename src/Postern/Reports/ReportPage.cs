using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Postern.Engine.Detection;
using Postern.Engine.Policy;

namespace Postern.Program.Reports;

/// <summary>A report for people: one file without scripts, which prints, in the reader's own theme.</summary>
internal sealed class ReportPage
{
    private const int MaxRows = 25;

    private readonly Html _html = new();
    private readonly Report _report;

    private ReportPage(Report report) => _report = report;

    /// <summary>Writes the page.</summary>
    public static byte[] Write(Report report)
    {
        var page = new ReportPage(report);
        page._html.Element("html", [("lang", "en")], page.Whole);
        return page._html.ToBytes();
    }

    private void Whole()
    {
        var sheet = SheetText();
        _html.Element("head", [], () =>
        {
            _html.Element("meta", [("charset", "utf-8")], null).Element("meta", [("name", "viewport"), ("content", "width=device-width, initial-scale=1")], null);
            // The page itself says that nothing in it may run, or be fetched.
            _html.Element("meta", [("http-equiv", "Content-Security-Policy"), ("content", $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(sheet)))}'")], null);
            _html.Text("title", "Postern report").Style(sheet);
        });
        _html.Element("body", [], () =>
        {
            _html.Element("header", [], () => _html.Text("h1", "What the agents did").Text("p", Span()));
            Verdict();
            Numbers();
            if (_report.Rulings.All > 0)
            {
                Time();
            }

            Categories();
            Rules();
            foreach (var (title, table) in ((string, SortedDictionary<string, Tally>)[])[("Agents", _report.Agents), ("Destinations", _report.Destinations), ("Tools", _report.Tools), ("Models", _report.Models), ("Transports", _report.Transports)])
            {
                Names(title, table);
            }

            Findings();
            Proof();
        });
    }

    private string Span() => _report.First is { } first && _report.Last is { } last ? $"{Charts.TimeOf(first)} to {Charts.TimeOf(last)}" : "nothing is on record";

    private void Verdict() => Section("", "verdict " + _report.Risk, () =>
    {
        _html.Text("strong", _report.Risk switch
        {
            "red" => "Something grave was found.",
            "amber" => "Something was found; nothing of it is grave.",
            _ => "Nothing was found.",
        });
        var verification = _report.Verification;
        _html.Text("p", verification switch
        {
            { Sound: false } => $"The evidence does not hold ({verification.Failure}): nothing below can be relied on.",
            { Signed: false } => "The evidence is whole, and not signed.",
            _ => $"The evidence is whole and signed: {verification.Records} records, {verification.Checkpoints} checkpoints.",
        });
        if (_report.Rulings.Observed > 0)
        {
            _html.Text("p", $"{_report.Rulings.Observed} of the rulings would have been refusals or edits: the policy only observed.");
        }
    });

    private void Numbers() => Section("In numbers", "", () => _html.Element("dl", [], () =>
    {
        foreach (var (name, value) in ((string, string)[])
            [
                ("rulings", Count(_report.Rulings.All)), ("refused", Count(_report.Rulings.Refused)), ("edited", Count(_report.Rulings.Edited)), ("findings", Count(_report.FindingCount)),
                ("bytes inspected", Count(_report.InspectedBytes)), ("bytes passed unread", Count(_report.OpaqueBytes)), ("agents", Count(_report.Agents.Count)), ("destinations", Count(_report.Destinations.Count)),
            ])
        {
            _html.Element("div", [], () => _html.Text("dt", name).Text("dd", value));
        }
    }));

    private void Time() => Section("Over time", "", () =>
    {
        Charts.Timeline(_html, _report.Timeline);
        _html.Element("p", [("class", "legend")], () =>
        {
            Charts.Key(_html, "bar-passed", "passed");
            Charts.Key(_html, "bar-edited", "edited");
            Charts.Key(_html, "bar-refused", "refused");
            _html.Text("span", $"one bar is {Charts.LengthOf(_report.Timeline.Step)}");
        });
    });

    private void Categories()
    {
        var most = _report.Categories.Values.Select(static tally => tally.Findings).DefaultIfEmpty(1).Max();
        Table("Findings by category", ["category", "findings", "refused", "", "worst", "techniques"], _report.Categories.OrderByDescending(static pair => pair.Value.Findings).ToList(), pair =>
        {
            Cell(pair.Key).Number(pair.Value.Findings).Number(pair.Value.Refused);
            _html.Element("td", [], () => Charts.Bar(_html, $"{pair.Value.Findings} findings, {pair.Value.Refused} refused", pair.Value.Findings, (pair.Value.Refused, most)));
            Cell(VerdictNames.Of(pair.Value.Worst)).Cell(string.Join(", ", pair.Value.Techniques));
        });
    }

    private void Rules() => Table("Findings by rule", ["rule", "", "findings", "refused", "worst", "techniques"], _report.Rules.OrderByDescending(static pair => pair.Value.Findings).ToList(), pair =>
    {
        _html.Element("td", [], () => _html.Text("code", pair.Key));
        Cell(KnownRules.Find(pair.Key)?.Title ?? "").Number(pair.Value.Findings).Number(pair.Value.Refused).Cell(VerdictNames.Of(pair.Value.Worst)).Cell(string.Join(", ", pair.Value.Techniques));
    });

    private void Names(string title, SortedDictionary<string, Tally> table) => Table(title, ["name", "rulings", "passed", "edited", "refused"], table.OrderByDescending(static pair => pair.Value.Refused).ThenByDescending(static pair => pair.Value.All).ToList(), pair =>
        Cell(pair.Key).Number(pair.Value.All).Number(pair.Value.Passed).Number(pair.Value.Edited).Number(pair.Value.Refused));

    private void Findings() => Table($"The worst findings{(_report.FindingCount > _report.Findings.Count ? $", {_report.Findings.Count} of {_report.FindingCount}" : "")}", ["time", "who", "to", "rule and place", "severity", "decision", "evidence"], _report.Findings, finding =>
    {
        Cell(Charts.TimeOf(finding.Time)).Cell(finding.Actor).Cell(finding.Destination);
        _html.Element("td", [], () => _html.Text("code", finding.Finding.Rule.Id).Text($" in {Terminal.Plain(finding.Finding.Where)}"));
        Cell(VerdictNames.Of(finding.Finding.Rule.Severity));
        _html.Text("td", VerdictNames.Of(finding.Effect, isFound: true), finding.Effect switch { Effect.Deny or Effect.Ask => "word refused", Effect.Redact => "word edited", _ => "word" });
        _html.Element("td", [], () => _html.Text("code", finding.Evidence));
    }, Report.MaxFindings);

    private void Proof() => Section("How far this can be believed", "long", () =>
    {
        _html.Text("p", "Every line above can be checked against the signed records: postern evidence verify, postern evidence prove. What they cannot prove:");
        _html.Element("ul", [], () =>
        {
            foreach (var limit in _report.Verification.CannotProve.Concat(_report.Verification.UnendedActors.Select(static actor => "Session without an end: " + actor)))
            {
                _html.Text("li", limit);
            }
        });
        _html.Text("p", $"Postern {Product.Version}. Policies in force: {string.Join(", ", _report.Policies.Where(static hash => hash.Length > 0))}. Signed by: {string.Join(", ", _report.Verification.Keys)}.", "dim");
    });

    private void Table<T>(string title, string[] heads, IReadOnlyList<T> rows, Action<T> row, int most = MaxRows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        Section(title, "long", () =>
        {
            _html.Element("div", [("class", "table")], () => _html.Element("table", [], () =>
            {
                _html.Element("thead", [], () => _html.Element("tr", [], () => Array.ForEach(heads, head => _html.Text("th", head, head is "rulings" or "findings" or "passed" or "edited" or "refused" ? "number" : ""))));
                _html.Element("tbody", [], () => Array.ForEach([.. rows.Take(most)], one => _html.Element("tr", [], () => row(one))));
            }));
            if (rows.Count > most)
            {
                _html.Text("p", $"and {rows.Count - most} more; the JSON report has all", "dim");
            }
        });
    }

    private void Section(string title, string style, Action content) => _html.Element("section", style.Length == 0 ? [] : [("class", style)], () =>
    {
        if (title.Length > 0)
        {
            _html.Text("h2", title);
        }

        content();
    });

    private ReportPage Cell(string text)
    {
        _html.Text("td", Terminal.Plain(text));
        return this;
    }

    private ReportPage Number(long number)
    {
        _html.Text("td", Count(number), "number");
        return this;
    }

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string SheetText()
    {
        using var stream = typeof(ReportPage).Assembly.GetManifestResourceStream("report.css") ?? throw new InvalidOperationException("The style sheet is part of the program.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
