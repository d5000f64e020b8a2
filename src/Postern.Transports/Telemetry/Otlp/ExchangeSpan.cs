using Postern.Engine.Evidence;
using Postern.Transports.Telemetry.Emit;

namespace Postern.Transports.Telemetry.Otlp;

/// <summary>One exchange as it went, from its first record to its last.</summary>
internal sealed class ExchangeSpan(EmitEvent first)
{
    private readonly SortedSet<string> _rules = new(StringComparer.Ordinal);

    /// <summary>Its place in a trace.</summary>
    public SpanIdentity Identity { get; } = SpanIdentity.Of(first);

    /// <summary>What began it.</summary>
    public LogEntry First => first.Entry;

    /// <summary>What it asked for.</summary>
    public string Method { get; } = first.Record.Line.GetProperty("method").GetString() ?? string.Empty;

    /// <summary>The record that said the worst of it.</summary>
    public LogEntry Worst { get; private set; } = first.Entry;

    /// <summary>When it ended, as far as it is known.</summary>
    public DateTimeOffset End { get; private set; } = first.Entry.Time;

    /// <summary>Bytes of it that were looked at or passed unread.</summary>
    public long Bytes { get; private set; }

    /// <summary>What was found.</summary>
    public IReadOnlyCollection<string> Rules => _rules;

    /// <summary>Adds a record; true when it is the last.</summary>
    public bool Add(EmitEvent told)
    {
        End = told.Entry.Time > End ? told.Entry.Time : End;
        Bytes += told.Entry.Bytes;
        Worst = told.Entry.Urgency > Worst.Urgency ? told.Entry : Worst;
        foreach (var finding in told.Entry.Findings)
        {
            _rules.Add(finding.Rule.Id);
        }

        // An answer that is read as a stream has its head's record first, and is over with the stream's.
        var draft = told.Record.Draft;
        return draft.Kind == EvidenceKind.Close
            || (draft.Kind == EvidenceKind.Ruling && (draft.Effect == Engine.Policy.Effect.Deny || draft is { Direction: Engine.Flow.Direction.Inbound, Message: Engine.Flow.MessageKind.Response or Engine.Flow.MessageKind.Rpc }));
    }
}
