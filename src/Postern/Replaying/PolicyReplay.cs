using System.Net;
using System.Text;
using Postern.Engine.Detection;
using Postern.Engine.Evidence;
using Postern.Engine.Flow;
using Postern.Engine.Inspection;
using Postern.Engine.Policy;
using Postern.Program.Commands;
using Postern.Program.Judging;

namespace Postern.Program.Replaying;

/// <summary>
/// What another configuration would have decided, as far as records can say: destinations are judged anew, recorded findings are weighed
/// anew. Contents are not recorded: what new rules would find in them nobody can say, and the counts say how many such messages there were.
/// </summary>
internal sealed class PolicyReplay
{
    private const int MaxExamples = 5;
    private const int MaxOrigins = 100_000;

    /// <summary>What follows from scheme, host and port alone, whatever the name resolves to.</summary>
    private static readonly string[] s_byOrigin = ["destination.not-allowlisted", "destination.blocklisted", "destination.port", "destination.scheme"];

    private readonly LoadedConfig _candidate;
    private readonly Offline _offline;
    private readonly Dictionary<string, Rule> _rules;
    private readonly HashSet<string> _disabled;
    private readonly DateTimeOffset _now;
    private readonly Dictionary<string, OfflineVerdict> _origins = new(StringComparer.Ordinal);

    public PolicyReplay(LoadedConfig candidate, DateTimeOffset now)
    {
        var snapshot = new PolicySnapshot(1, candidate.Hash, candidate.Policy);
        (_candidate, _offline, _now) = (candidate, new Offline(snapshot), now);
        _rules = RuleText.Known(snapshot).DistinctBy(static rule => rule.Id).ToDictionary(static rule => rule.Id, StringComparer.Ordinal);
        _disabled = [.. candidate.Config.Rules.Disabled];
    }

    /// <summary>Rulings seen.</summary>
    public long Rulings { get; private set; }

    /// <summary>Of these, whose decision would be the same.</summary>
    public long Unchanged { get; private set; }

    /// <summary>Destinations that were judged anew.</summary>
    public long Destinations { get; private set; }

    /// <summary>Recorded findings that were weighed anew.</summary>
    public long Weighed { get; private set; }

    /// <summary>Rulings whose message had content, of which no record holds anything: rules that are new are blind to it.</summary>
    public long WithoutContent { get; private set; }

    /// <summary>Rulings that circumstances decided: a kill switch, lost evidence, a failure of Postern's own.</summary>
    public long Circumstances { get; private set; }

    /// <summary>Findings kept as they were because they rest on addresses, on sequences of messages, or on a rule that is not here.</summary>
    public SortedDictionary<string, long> Kept { get; } = new(StringComparer.Ordinal);

    /// <summary>What would be different, with the records of the first.</summary>
    public Dictionary<ReplayChange, (long Count, List<string> Examples)> Changes { get; } = [];

    /// <summary>Judges a record.</summary>
    public async Task AddAsync(EvidenceRecord record, CancellationToken cancel)
    {
        if (record.Kind != EvidenceKind.Ruling)
        {
            return;
        }

        Rulings++;
        var recorded = record.Draft.Findings.ToArray();
        if (recorded.Any(static finding => finding.Rule.Category == RuleCategory.Operation) && !WasAsked(record))
        {
            Circumstances++;
            return;
        }

        WithoutContent += record.Draft.InspectedBytes > 0 ? 1 : 0;
        var origin = await OriginAsync(record, cancel).ConfigureAwait(false);
        Compare(record, Decide(record, recorded, origin));
    }

    /// <summary>Counts a ruling whose message was judged anew, whole.</summary>
    /// <param name="record">What was decided.</param>
    /// <param name="effect">What is decided now.</param>
    /// <param name="rule">Which rule decides it; empty when none does.</param>
    /// <param name="secrets">True to weigh the secrets as they were recorded: of the message itself they are gone.</param>
    public void Add(EvidenceRecord record, Effect effect, string rule, bool secrets)
    {
        Rulings++;
        var destination = Encoding.ASCII.GetString(record.Draft.Destination);
        foreach (var finding in record.Draft.Findings.ToArray().Where(finding => secrets && _candidate.Policy.Enforce && finding.Rule.Category == RuleCategory.Secret))
        {
            var cost = CostOf(record, finding, destination);
            (effect, rule) = cost < effect ? (cost, finding.Rule.Id) : (effect, rule);
        }

        Compare(record, (effect, rule));
    }

    private async Task<OfflineVerdict?> OriginAsync(EvidenceRecord record, CancellationToken cancel)
    {
        if (record.Draft is not { Direction: Direction.Outbound, Message: MessageKind.Request or MessageKind.Connect, Destination.Length: > 0 })
        {
            return null;
        }

        var destination = Encoding.ASCII.GetString(record.Draft.Destination);
        Destinations++;
        if (_origins.TryGetValue(destination, out var known))
        {
            return known;
        }

        var verdict = await _offline.JudgeAsync(Probe.OfUrl(Encoding.ASCII.GetBytes(destination + "/")), cancel).ConfigureAwait(false);
        return _origins.Count < MaxOrigins ? _origins[destination] = verdict : verdict;
    }

    /// <summary>The strongest of what the destination costs now and what each recorded finding would cost.</summary>
    private (Effect Effect, string Rule) Decide(EvidenceRecord record, Finding[] recorded, OfflineVerdict? origin)
    {
        var (effect, rule) = (Effect.Allow, "");
        var destination = Encoding.ASCII.GetString(record.Draft.Destination);
        var isLiteral = Uri.TryCreate(destination, UriKind.Absolute, out var url) && IPAddress.TryParse(url.Host.Trim('[', ']'), out _);
        foreach (var finding in recorded.Where(static finding => finding.Rule.Category != RuleCategory.Operation).Where(finding => origin is null || !IsOfOrigin(finding, isLiteral)))
        {
            var cost = CostOf(record, finding, destination);
            (effect, rule) = cost < effect ? (cost, finding.Rule.Id) : (effect, rule);
        }

        if (origin is not null && (origin.Observed ?? origin.Effect) is var there && there < effect)
        {
            (effect, rule) = (there, origin.Decisive?.Rule.Id ?? "");
        }

        return (_candidate.Policy.Enforce ? effect : Effect.Allow, rule);
    }

    private static bool IsOfOrigin(Finding finding, bool isLiteral) =>
        finding.Rule.Category == RuleCategory.Destination && finding.Where == "url.host" && (isLiteral || Array.IndexOf(s_byOrigin, finding.Rule.Id) >= 0);

    private Effect CostOf(EvidenceRecord record, Finding finding, string destination)
    {
        if (_disabled.Contains(finding.Rule.Id))
        {
            return Effect.Allow;
        }

        var isHere = _rules.TryGetValue(finding.Rule.Id, out var rule);
        if (!isHere || finding.Rule.Category is RuleCategory.Session or RuleCategory.Budget or RuleCategory.Destination)
        {
            Kept[finding.Rule.Id] = Kept.GetValueOrDefault(finding.Rule.Id) + 1;
        }

        Weighed++;
        var cost = _candidate.Policy.EffectOf(record.Draft.Direction, FindingReplay.Weigh(_candidate.Policy, finding with { Rule = rule ?? finding.Rule }, destination, _now));
        return cost == Effect.Redact && !IsEditable(record, finding) ? Effect.Deny : cost;
    }

    /// <summary>URLs and windows are not edited, nor is what could not be edited then.</summary>
    private static bool IsEditable(EvidenceRecord record, Finding finding) => record.Draft.Message != MessageKind.BodyWindow
        && !finding.Where.StartsWith("url", StringComparison.Ordinal)
        && !record.Draft.Findings.ToArray().Any(static other => other.Rule.Id == OperationRules.NotEdited.Id);

    private static bool WasAsked(EvidenceRecord record) => record.Draft.Grant.StartsWith("approved by", StringComparison.Ordinal)
        || record.Draft.Findings.ToArray().Any(static finding => finding.Rule.Id == OperationRules.NotApproved.Id);

    private void Compare(EvidenceRecord record, (Effect Effect, string Rule) after)
    {
        var decided = record.Draft.Observed is { } observed && _candidate.Policy.Enforce ? observed : record.Draft.Effect;
        var before = WasAsked(record) ? Effect.Ask : decided;
        if (before == after.Effect)
        {
            Unchanged++;
            return;
        }

        var recorded = record.Draft.Findings.ToArray();
        var decisive = Array.Find(recorded, static finding => finding.Acceptance is Acceptance.None or Acceptance.Edited) ?? recorded.FirstOrDefault();
        var rule = after.Rule.Length > 0 ? after.Rule : decisive?.Rule.Id ?? "";
        var change = new ReplayChange(rule, before, after.Effect);
        var (count, examples) = Changes.GetValueOrDefault(change, (0, []));
        if (examples.Count < MaxExamples)
        {
            examples.Add(record.Id.ToString());
        }

        Changes[change] = (count + 1, examples);
    }
}
