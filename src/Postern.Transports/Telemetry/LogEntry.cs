using System.Text;
using Postern.Engine.Detection;
using Postern.Engine.Evidence;
using Postern.Engine.Policy;

namespace Postern.Transports.Telemetry;

/// <summary>What one line of the decision log says, copied out of a draft; nothing else can get in.</summary>
public sealed class LogEntry
{
    /// <summary>Findings named per line; the evidence has them all.</summary>
    private const int MaxFindings = 16;

    /// <summary>A place can hold a key of somebody's JSON; longer ones are cut.</summary>
    private const int MaxPlaceCharacters = 200;

    private readonly List<LogFinding> _findings = [];

    /// <summary>Copies what the line says of <paramref name="draft"/>.</summary>
    internal LogEntry(in EvidenceDraft draft, DateTimeOffset time)
    {
        Time = time;
        Event = EventNames.Of(draft);
        Actor = draft.Actor;
        Transport = draft.Transport;
        Direction = VerdictNames.Of(draft.Direction);
        Destination = Encoding.ASCII.GetString(draft.Destination);
        Effect = VerdictNames.Of(draft.Effect, isFound: !draft.Findings.IsEmpty);
        Observed = draft.Observed is { } observed ? VerdictNames.Of(observed, isFound: true) : null;
        PolicyRevision = draft.PolicyRevision;
        Note = draft.Note;
        IsRuling = draft.Kind == EvidenceKind.Ruling;
        Bytes = draft.Kind is EvidenceKind.Ruling or EvidenceKind.Close ? draft.InspectedBytes + draft.OpaqueBytes : 0;
        var isGrave = false;
        foreach (var finding in draft.Findings)
        {
            isGrave |= finding.Acceptance == Acceptance.None && Urgencies.IsGrave(finding.Rule);
            var place = finding.Where.Length <= MaxPlaceCharacters ? finding.Where : finding.Where[..MaxPlaceCharacters];
            if (_findings.Count < MaxFindings && !_findings.Exists(seen => seen.Rule == finding.Rule && seen.Place == place))
            {
                _findings.Add(new LogFinding(finding.Rule, place, finding.View));
            }
        }

        Urgency = draft.Kind.IsOfTraffic() ? Urgencies.Of(draft.Effect, draft.Observed, isGrave) : Urgency.Info;
    }

    /// <summary>When.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>How much somebody has to look at it now.</summary>
    public Urgency Urgency { get; private set; }

    /// <summary>info, warning or error.</summary>
    public string Level => Urgency switch { Urgency.Critical => "error", Urgency.Warn => "warning", _ => "info" };

    /// <summary>What happened, in one word.</summary>
    public string Event { get; private set; }

    /// <summary>Who acts.</summary>
    public string Actor { get; }

    /// <summary>Over which transport.</summary>
    public string Transport { get; }

    /// <summary>Which way.</summary>
    public string Direction { get; }

    /// <summary>Scheme, host and port; empty when there is none.</summary>
    public string Destination { get; }

    /// <summary>One of <see cref="VerdictNames"/>.</summary>
    public string Effect { get; private set; }

    /// <summary>What enforcing would have done; null when that is what happened.</summary>
    public string? Observed { get; }

    /// <summary>What was found, each pair of rule and place once.</summary>
    public IReadOnlyList<LogFinding> Findings => _findings;

    /// <summary>What the findings point to, in the ids of MITRE ATT&amp;CK and ATLAS.</summary>
    public IReadOnlyList<string> Techniques => [.. _findings.SelectMany(static finding => Engine.Detection.Techniques.Of(finding.Rule.Id)).Distinct()];

    /// <summary>True for the ruling on a message, false for a notice and for what sums up a stream.</summary>
    public bool IsRuling { get; }

    /// <summary>True when it did not pass as it was, or would not have with enforcing.</summary>
    public bool IsObjection => Urgency != Urgency.Info;

    /// <summary>Bytes that the record adds: of a stream's parts only its end counts.</summary>
    public long Bytes { get; }

    /// <summary>Under which policy.</summary>
    public long PolicyRevision { get; }

    /// <summary>Empty for a ruling.</summary>
    public string Note { get; }

    /// <summary>The record; null when it was lost.</summary>
    public EvidenceId? Evidence { get; private set; }

    internal LogEntry KeptAs(EvidenceId id)
    {
        Evidence = id;
        return this;
    }

    /// <summary>Without its record nothing passed, whatever the draft says.</summary>
    internal LogEntry Lost()
    {
        (Urgency, Event, Effect) = (Urgency.Critical, EventNames.EvidenceLost, VerdictNames.Block);
        return this;
    }
}
