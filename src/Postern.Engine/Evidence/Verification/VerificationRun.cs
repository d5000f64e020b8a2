using System.Globalization;
using Postern.Engine.Evidence.Signing;

namespace Postern.Engine.Evidence.Verification;

/// <summary>One pass over all files: follows every chain, counts, and keeps how each chain ended.</summary>
internal sealed class VerificationRun(VerificationDemand demand, IEd25519 algorithm)
{
    private bool _witnessed;

    public List<ChainVerifier> Ends { get; } = [];

    public OpenStreams Streams { get; } = new();

    public OpenSessions Sessions { get; } = new();

    public int Files { get; private set; }

    public long Records { get; private set; }

    public long Denials { get; private set; }

    public long Resumptions { get; private set; }

    public long Adopted { get; private set; }

    /// <summary>Follows one chain through its files, in their order.</summary>
    public EvidenceFailure? Follow(IEnumerable<EvidenceFile> files)
    {
        var chain = new ChainVerifier(algorithm);
        var name = "";
        foreach (var file in files)
        {
            name = file.Name;
            if (Read(file, chain) is { } failure)
            {
                return failure;
            }
        }

        if (chain.State is null)
        {
            return new EvidenceFailure(name, 0, EvidenceFault.Missing, "there is no record in it");
        }

        Streams.GiveUp(chain.Chain);
        Sessions.GiveUp(chain.Chain);
        Ends.Add(chain);
        return null;
    }

    /// <summary>Null when the witness, if there is one, saw nothing that is not here.</summary>
    public EvidenceFailure? MissingForWitness() => demand.Witness is not { } witness || _witnessed
        ? null
        : new EvidenceFailure("", 0, EvidenceFault.Truncated, string.Create(
            CultureInfo.InvariantCulture, $"a witness saw {witness.Size} records of chain {witness.Chain:x8}; they are not all here"));

    private EvidenceFailure? Read(EvidenceFile file, ChainVerifier chain)
    {
        using var stream = file.Open();
        var lines = new EvidenceLines(stream);
        Files++;
        while (lines.TryRead())
        {
            if (chain.Take(lines.Line) is { } wrong)
            {
                return new EvidenceFailure(file.Name, lines.Count, wrong.Fault, wrong.Detail);
            }

            if (Count(chain) is { } gone)
            {
                return gone with { File = file.Name, Line = lines.Count };
            }
        }

        if (lines.TooLong)
        {
            return new EvidenceFailure(file.Name, lines.Count + 1, EvidenceFault.Malformed, "a line is longer than any record");
        }

        return lines.TornBytes == 0 ? null : new EvidenceFailure(file.Name, lines.Count + 1, EvidenceFault.TornLine, string.Create(
            CultureInfo.InvariantCulture, $"the last {lines.TornBytes} bytes are an unfinished record"));
    }

    private EvidenceFailure? Count(ChainVerifier chain)
    {
        var record = chain.Record;
        Records++;
        Denials += record.IsDenial && record.Kind != RecordKind.Event ? 1 : 0;
        if (record.IsResumption)
        {
            Resumptions++;
            Adopted += record.Sequence - 1 - (chain.LastCheckpoint?.Size ?? -1);
        }

        Streams.Take(record);
        Sessions.Take(record);
        if (demand.Witness is not { } witness || witness.Chain != chain.Chain || chain.State!.NextSequence != witness.Size)
        {
            return null;
        }

        _witnessed = true;
        Span<byte> root = stackalloc byte[MerkleTree.HashBytes];
        chain.State.Tree.WriteRoot(root);
        return Convert.ToHexStringLower(root) == witness.Root
            ? null
            : new EvidenceFailure("", 0, EvidenceFault.WrongRoot, "the records up to here are not those a witness saw");
    }
}
