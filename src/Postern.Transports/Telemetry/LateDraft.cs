using Postern.Engine.Detection;
using Postern.Engine.Evidence;
using Postern.Engine.Flow;
using Postern.Engine.Policy;

namespace Postern.Transports.Telemetry;

/// <summary>What counting needs of a draft whose record is not kept yet; a draft itself is gone when its append returns.</summary>
internal sealed class LateDraft(in EvidenceDraft draft)
{
    private readonly EvidenceKind _kind = draft.Kind;
    private readonly string _actor = draft.Actor;
    private readonly string _transport = draft.Transport;
    private readonly MessageKind _message = draft.Message;
    private readonly Direction _direction = draft.Direction;
    private readonly Effect? _observed = draft.Observed;
    private readonly string _note = draft.Note;
    private readonly long _pieces = draft.Pieces;
    private readonly byte[] _destination = draft.Destination.ToArray();
    private readonly Effect _effect = draft.Effect;
    private readonly Finding[] _findings = draft.Findings.ToArray();
    private readonly string _policyHash = draft.PolicyHash;
    private readonly long _inspected = draft.InspectedBytes;
    private readonly long _opaque = draft.OpaqueBytes;

    /// <summary>The draft, as far as it is counted.</summary>
    public EvidenceDraft Draft => new()
    {
        Kind = _kind,
        Actor = _actor,
        Transport = _transport,
        Message = _message,
        Direction = _direction,
        Observed = _observed,
        Note = _note,
        Pieces = _pieces,
        Destination = _destination,
        Effect = _effect,
        Findings = _findings,
        PolicyHash = _policyHash,
        InspectedBytes = _inspected,
        OpaqueBytes = _opaque,
    };
}
