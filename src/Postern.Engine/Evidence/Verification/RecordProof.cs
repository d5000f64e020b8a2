using System.Security.Cryptography;
using Postern.Engine.Evidence.Signing;

namespace Postern.Engine.Evidence.Verification;

/// <summary>One record that proves itself without the rest of its chain: its line, its way to the root, and the signed root.</summary>
/// <param name="Line">The record's line, without line feed.</param>
/// <param name="Inclusion">Its way to the root.</param>
/// <param name="Checkpoint">The first checkpoint after it.</param>
public sealed record RecordProof(ReadOnlyMemory<byte> Line, InclusionProof Inclusion, Checkpoint Checkpoint)
{
    /// <summary>True when <paramref name="publicKey"/> (lower-case hex) signed a root under which exactly this line stands.</summary>
    public bool Verify(string publicKey, IEd25519 algorithm) =>
        Checkpoint.Key == publicKey
        && Checkpoint.Size == Inclusion.Size
        && Checkpoint.IsSignedBy(algorithm)
        && Inclusion.Verify(SHA256.HashData(Line.Span), Convert.FromHexString(Checkpoint.Root));

    /// <summary>
    /// Makes the proof from the files of one directory, verifying the chain on the way.
    /// </summary>
    /// <returns>Null when the chain does not hold, does not begin with its header, or has no checkpoint after the record yet.</returns>
    public static RecordProof? Create(IEnumerable<EvidenceFile> files, EvidenceId id, IEd25519 algorithm)
    {
        ArgumentNullException.ThrowIfNull(files);
        var chain = new ChainVerifier(algorithm);
        var proof = new InclusionProofBuilder(id.Sequence);
        byte[]? line = null;
        foreach (var file in files
            .Where(file => EvidenceFileName.TryParse(file.Name, out var name) && name.Chain == id.Chain)
            .OrderBy(file => EvidenceFileName.TryParse(file.Name, out var name) ? name.FirstSequence : 0))
        {
            using var stream = file.Open();
            for (var lines = new EvidenceLines(stream); lines.TryRead();)
            {
                if (chain.Take(lines.Line) is not null || !chain.FromTheBeginning)
                {
                    return null;
                }

                if (line is not null && chain.LastCheckpoint is { } checkpoint && checkpoint.Size == proof.Size)
                {
                    return new RecordProof(line, proof.Build(), checkpoint);
                }

                line = proof.Size == id.Sequence ? lines.Line.ToArray() : line;
                proof.Append(chain.State!.Head);
            }
        }

        return null;
    }
}
