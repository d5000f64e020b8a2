using System.Text;
using Postern.Engine.Detection;
using Postern.Engine.Evidence;
using Postern.Engine.Evidence.Verification;
using Postern.Engine.Flow;
using Postern.Engine.Policy;

namespace Postern.Program.Reports;

/// <summary>What evidence says, put together for people. Everything in it is text from outside until it is written: writers escape it.</summary>
internal sealed class Report
{
    /// <summary>Findings that are listed one by one, the worst first; the others are counted.</summary>
    public const int MaxFindings = 200;

    /// <summary>Names counted apart in one table; the rest is counted together.</summary>
    private const int MaxNames = 10_000;

    private const string More = "(more)";

    private readonly PriorityQueue<ReportedFinding, (int Severity, int Effect, long Ticks)> _worst = new();

    private Report(VerificationReport verification, Timeline timeline) => (Verification, Timeline) = (verification, timeline);

    /// <summary>Whether the evidence can be believed.</summary>
    public VerificationReport Verification { get; }

    /// <summary>Rulings over time.</summary>
    public Timeline Timeline { get; }

    /// <summary>All rulings.</summary>
    public Tally Rulings { get; } = new();

    public long InspectedBytes { get; private set; }

    public long OpaqueBytes { get; private set; }

    /// <summary>When the first ruling was made; null when there is none.</summary>
    public DateTimeOffset? First { get; private set; }

    public DateTimeOffset? Last { get; private set; }

    public SortedDictionary<string, CategoryTally> Categories { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, CategoryTally> Rules { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, Tally> Agents { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, Tally> Destinations { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, Tally> Tools { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, Tally> Models { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, Tally> Transports { get; } = new(StringComparer.Ordinal);

    /// <summary>Hashes of the policies in force.</summary>
    public SortedSet<string> Policies { get; } = new(StringComparer.Ordinal);

    /// <summary>The worst findings.</summary>
    public IReadOnlyList<ReportedFinding> Findings { get; private set; } = [];

    /// <summary>Findings altogether.</summary>
    public long FindingCount { get; private set; }

    /// <summary>red: something grave was refused or would have been; amber: something else was found; green: nothing was.</summary>
    public string Risk { get; private set; } = "green";

    /// <summary>Reads twice: when it began and ended decides how time is cut.</summary>
    public static Report Of(Func<IEnumerable<EvidenceRecord>> read, VerificationReport verification)
    {
        var (first, last) = (DateTimeOffset.MaxValue, DateTimeOffset.MinValue);
        foreach (var record in read().Where(static record => record.Kind.IsOfTraffic()))
        {
            (first, last) = (record.Time < first ? record.Time : first, record.Time > last ? record.Time : last);
        }

        var report = new Report(verification, Timeline.Of(first, last < first ? first : last));
        if (last >= first)
        {
            (report.First, report.Last) = (first, last);
        }

        foreach (var record in read().Where(static record => record.Kind.IsOfTraffic()))
        {
            report.Add(record);
        }

        var findings = new List<ReportedFinding>();
        while (report._worst.TryDequeue(out var finding, out _))
        {
            findings.Add(finding);
        }

        findings.Reverse();
        report.Findings = findings;
        return report;
    }

    private void Add(EvidenceRecord record)
    {
        var draft = record.Draft;
        Policies.Add(draft.PolicyHash);
        if (draft.Kind is EvidenceKind.Ruling or EvidenceKind.Close)
        {
            InspectedBytes += draft.InspectedBytes;
            OpaqueBytes += draft.Effect is Effect.Allow or Effect.Redact ? draft.OpaqueBytes : 0;
        }

        if (draft.Kind == EvidenceKind.Ruling)
        {
            Count(record, in draft);
        }

        var to = draft.Server is { Length: > 0 } server ? (draft.Tool.Length > 0 ? $"{server}/{draft.Tool}" : server) : Encoding.ASCII.GetString(draft.Destination);
        foreach (var finding in draft.Findings)
        {
            FindingCount++;
            Of(Categories, VerdictNames.Of(finding.Rule.Category)).Add(finding, in draft);
            Of(Rules, finding.Rule.Id).Add(finding, in draft);
            Keep(new ReportedFinding(record.Id.ToString(), record.Time, draft.Actor, to, draft.Effect, finding));
        }

        var isGrave = (draft.Effect == Effect.Deny || draft.Observed is not null) && draft.Findings.ToArray().Any(static finding => finding.Rule.Severity == Severity.Critical);
        Risk = isGrave || Risk == "red" ? "red" : draft.Findings.Length > 0 || draft.Effect != Effect.Allow ? "amber" : Risk;
    }

    private void Count(EvidenceRecord record, in EvidenceDraft draft)
    {
        Rulings.Add(in draft);
        Timeline.Add(record.Time, in draft);
        Of(Agents, draft.Actor).Add(in draft);
        Of(Transports, draft.Transport).Add(in draft);
        if (draft.Direction != Direction.Outbound)
        {
            return;
        }

        Named(Destinations, Encoding.ASCII.GetString(draft.Destination), in draft);
        Named(Models, draft.Model, in draft);
        Named(Tools, draft.Tool.Length > 0 ? $"{draft.Server}/{draft.Tool}" : "", in draft);
    }

    private static void Named(SortedDictionary<string, Tally> table, string name, in EvidenceDraft draft)
    {
        if (name.Length > 0)
        {
            Of(table, name).Add(in draft);
        }
    }

    private static T Of<T>(SortedDictionary<string, T> table, string name)
        where T : new()
    {
        name = table.Count >= MaxNames && !table.ContainsKey(name) ? More : name;
        if (!table.TryGetValue(name, out var value))
        {
            table[name] = value = new T();
        }

        return value;
    }

    private void Keep(ReportedFinding finding)
    {
        _worst.Enqueue(finding, ((int)finding.Finding.Rule.Severity, -(int)finding.Effect, -finding.Time.UtcTicks));
        if (_worst.Count > MaxFindings)
        {
            _worst.Dequeue();
        }
    }
}
