using Postern.Engine.Evidence.Signing;

namespace Postern.Engine.Evidence.Verification;

/// <summary>
/// Follows one chain line by line, in constant memory. It begins at the header, or at any checkpoint, whose edge stands for the
/// records before it.
/// </summary>
public sealed class ChainVerifier
{
    private readonly IEd25519 _algorithm;
    private readonly RecordReader _record = new();

    /// <summary>A verifier that has seen nothing yet; <paramref name="algorithm"/> checks the signatures.</summary>
    public ChainVerifier(IEd25519 algorithm) => _algorithm = algorithm;

    /// <summary>Where the chain stands; null before the first line.</summary>
    public HashChain? State { get; private set; }

    /// <summary>The first 32 bits of the chain's id.</summary>
    public uint Chain { get; private set; }

    /// <summary>The chain's full id.</summary>
    public string Origin { get; private set; } = "";

    /// <summary>The public key the chain names, lower-case hex.</summary>
    public string Key { get; private set; } = "";

    /// <summary>The chain that the header says it follows; null when it says none, or when the header was not seen.</summary>
    public ChainLink? Previous { get; private set; }

    /// <summary>The old key's endorsement in the header, lower-case hex; empty when there is none.</summary>
    public string Endorsement { get; private set; } = "";

    /// <summary>True when the header was seen, and with it everything since the chain began.</summary>
    public bool FromTheBeginning { get; private set; }

    /// <summary>The last checkpoint that held; null when there was none.</summary>
    public Checkpoint? LastCheckpoint { get; private set; }

    /// <summary>How many checkpoints held.</summary>
    public long Checkpoints { get; private set; }

    /// <summary>True when the last record is a checkpoint that says the recorder closed in good order.</summary>
    public bool Closed { get; private set; }

    /// <summary>The record taken in last.</summary>
    internal RecordReader Record => _record;

    /// <summary>Takes in one line, without its line feed.</summary>
    /// <returns>Null when it fits; otherwise what is wrong, and the verifier is of no further use.</returns>
    public (EvidenceFault Fault, string Detail)? Take(ReadOnlySpan<byte> line)
    {
        if (!_record.TryRead(line))
        {
            return (EvidenceFault.Malformed, "not a record of evidence format 1 in canonical form");
        }

        var wrong = State is null ? Begin() : Follow(State);
        if (wrong is not null)
        {
            return wrong;
        }

        if (_record.Kind == RecordKind.Checkpoint)
        {
            wrong = TakeCheckpoint();
        }

        Closed = _record.Kind == RecordKind.Checkpoint && _record.Closing;
        State?.Extend(line);
        return wrong;
    }

    private (EvidenceFault Fault, string Detail)? Begin()
    {
        Chain = _record.Chain;
        Key = _record.Text(RecordField.Key);
        switch (_record.Kind)
        {
            case RecordKind.Chain:
                FromTheBeginning = true;
                Previous = _record.Previous;
                Endorsement = _record.Text(RecordField.Endorsement);
                Origin = ChainHeader.OriginOf(Chain, _record.Text(RecordField.Ts));
                State = new HashChain();
                break;
            case RecordKind.Checkpoint:
                Origin = _record.Text(RecordField.Origin);
                if (!MerkleTree.TryRestore(_record.Size, Convert.FromHexString(_record.Text(RecordField.Edge)), out var tree)
                    || !IsOriginOf(Chain, Origin))
                {
                    return (EvidenceFault.Malformed, "the checkpoint that the file begins with does not describe its own tree");
                }

                State = new HashChain(tree, _record.PreviousHash);
                break;
            default:
                return (EvidenceFault.Missing, "the records before this one are missing: it is neither a chain's header nor a checkpoint");
        }

        return null;
    }

    private (EvidenceFault Fault, string Detail)? Follow(HashChain state)
    {
        if (_record.Chain != Chain)
        {
            return (EvidenceFault.WrongChain, $"a record of chain {_record.Chain:x8} among those of chain {Chain:x8}");
        }

        if (_record.Sequence != state.NextSequence)
        {
            return (EvidenceFault.BrokenSequence, $"record {state.NextSequence} was expected, record {_record.Sequence} is here");
        }

        return _record.Kind != RecordKind.Chain && _record.PreviousHash.SequenceEqual(state.Head)
            ? null
            : (EvidenceFault.BrokenLink, $"record {_record.Sequence} does not carry the hash of the record before it: one of the two was altered");
    }

    private (EvidenceFault Fault, string Detail)? TakeCheckpoint()
    {
        var checkpoint = new Checkpoint
        {
            Origin = _record.Text(RecordField.Origin),
            Size = _record.Size,
            Root = _record.Text(RecordField.Root),
            Time = _record.Text(RecordField.Ts),
            Closing = _record.Closing,
            Key = _record.Text(RecordField.Key),
            Signature = _record.Text(RecordField.Signature),
        };
        if (checkpoint.Key != Key || checkpoint.Origin != Origin)
        {
            return (EvidenceFault.UntrustedKey, $"the checkpoint names another key or another chain than the chain's own key {KeyId(Key)}");
        }

        Span<byte> root = stackalloc byte[MerkleTree.HashBytes];
        State!.Tree.WriteRoot(root);
        if (checkpoint.Root != Convert.ToHexStringLower(root) || _record.Text(RecordField.Edge) != Convert.ToHexStringLower(State.Tree.Edge))
        {
            return (EvidenceFault.WrongRoot, "the checkpoint's root is not the root of the records before it");
        }

        if (!checkpoint.IsSignedBy(_algorithm))
        {
            return (EvidenceFault.BadSignature, $"the checkpoint's signature is not one of key {KeyId(Key)}");
        }

        LastCheckpoint = checkpoint;
        Checkpoints++;
        return null;
    }

    // The origin is a line of the signed text: a line feed inside it would let one signature stand for two texts.
    private static bool IsOriginOf(uint chain, string origin)
    {
        var prefix = ChainHeader.OriginOf(chain, "");
        return origin.StartsWith(prefix, StringComparison.Ordinal)
            && EvidenceFormat.IsTime(System.Text.Encoding.UTF8.GetBytes(origin[prefix.Length..]));
    }

    private static string KeyId(string key) => EvidenceSigner.KeyIdOf(Convert.FromHexString(key));
}
