using System.Buffers;
using Postern.Engine.Evidence.Signing;

namespace Postern.Engine.Evidence;

/// <summary>
/// Turns drafts into the lines of one chain. Knows no file and no clock; whoever holds it calls it under one lock and keeps the lines
/// in the order in which they were made. A call that throws has changed nothing.
/// </summary>
public sealed class ChainWriter
{
    private readonly HashChain _state;
    private readonly EvidenceSigner _signer;
    private readonly string _origin;
    private readonly uint _chain;
    private readonly SessionTallies _sessions = new();

    /// <summary>Goes on with a chain that was verified up to <paramref name="state"/>.</summary>
    /// <param name="chain">The first 32 bits of its id.</param>
    /// <param name="origin">Its full id.</param>
    /// <param name="state">Where it stands; from now on this writer's own.</param>
    /// <param name="signer">Signs its checkpoints; owned by the caller.</param>
    public ChainWriter(uint chain, string origin, HashChain state, EvidenceSigner signer)
    {
        ArgumentNullException.ThrowIfNull(state);
        (_chain, _origin, _state, _signer) = (chain, origin, state, signer);
        LastCheckpointSize = state.NextSequence;
    }

    /// <summary>The first 32 bits of the chain's id.</summary>
    public uint Chain => _chain;

    /// <summary>The sequence number the next record gets.</summary>
    public long NextSequence => _state.NextSequence;

    /// <summary>How many records the chain had just after its last checkpoint, or when it was taken up.</summary>
    public long LastCheckpointSize { get; private set; }

    /// <summary>Who did something since they were last summed up.</summary>
    public IReadOnlyList<string> OpenSessions => _sessions.Open;

    /// <summary>True when records were added since the last checkpoint.</summary>
    public bool HasNews => NextSequence > LastCheckpointSize;

    /// <summary>Begins a chain: its header is the first line in <paramref name="lines"/>.</summary>
    public static ChainWriter Begin(ChainHeader header, EvidenceSigner signer, IBufferWriter<byte> lines)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(lines);
        var writer = new ChainWriter(header.Chain, header.Origin, new HashChain(), signer);
        var target = lines.GetSpan(ChainHeader.MaxBytes + 1);
        writer.Commit(lines, target, header.Write(target));
        return writer;
    }

    /// <summary>Appends one record and its line feed. On the clean path nothing is allocated unless <paramref name="lines"/> grows.</summary>
    public EvidenceId Append(in EvidenceDraft draft, DateTimeOffset time, IBufferWriter<byte> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        if (draft.Kind == EvidenceKind.Manifest)
        {
            return Write(_sessions.Conclude(in draft), time, lines);
        }

        var id = Write(in draft, time, lines);
        _sessions.Add(in draft, id.Sequence);
        return id;
    }

    /// <summary>Appends a checkpoint over everything before it.</summary>
    /// <param name="time">The writer's clock.</param>
    /// <param name="closing">True when nothing follows because the recorder closes in good order.</param>
    /// <param name="lines">Where the line goes.</param>
    public Checkpoint AppendCheckpoint(DateTimeOffset time, bool closing, IBufferWriter<byte> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var checkpoint = Checkpoint.Sign(_origin, _state, time, closing, _signer);
        var target = lines.GetSpan(Checkpoint.MaxBytes + 1);
        Commit(lines, target, checkpoint.Write(_chain, _state, target));
        LastCheckpointSize = _state.NextSequence;
        return checkpoint;
    }

    private EvidenceId Write(in EvidenceDraft draft, DateTimeOffset time, IBufferWriter<byte> lines)
    {
        var id = new EvidenceId(_chain, _state.NextSequence);
        var target = lines.GetSpan(RecordEncoder.MaxBytes(in draft) + 1);
        Commit(lines, target, RecordEncoder.Write(in draft, new RecordStamp(_chain, id.Sequence, time), _state.Head, target));
        return id;
    }

    private void Commit(IBufferWriter<byte> lines, Span<byte> target, int length)
    {
        _state.Extend(target[..length]);
        target[length] = (byte)'\n';
        lines.Advance(length + 1);
    }
}
