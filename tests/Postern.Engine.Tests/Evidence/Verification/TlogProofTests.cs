using System.Security.Cryptography;
using System.Text;
using Postern.Engine.Evidence;
using Postern.Engine.Evidence.Signing;
using Postern.Engine.Evidence.Verification;

namespace Postern.Engine.Tests.Evidence.Verification;

public sealed class TlogProofTests
{
    private const uint Chain = 0x1a2b3c4d;

    private readonly ManagedEd25519 _algorithm = new();
    private readonly EvidenceSigner _signer = ChainScript.Signer("one");

    private string Key => Convert.ToHexStringLower(_signer.PublicKey);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(6)]
    [InlineData(9)]
    public void A_written_proof_reads_back_and_holds(long sequence)
    {
        var proof = Proof(sequence);

        var read = TlogProof.Read(TlogProof.Write(proof), _algorithm, Key);

        Assert.NotNull(read);
        Assert.Equal(proof.Line.ToArray(), read.Line.ToArray());
        Assert.Equal(sequence, read.Inclusion.Index);
    }

    [Fact]
    public void A_proof_with_any_other_character_does_not_hold()
    {
        var text = TlogProof.Write(Proof(5));
        for (var at = 0; at < text.Length; at++)
        {
            var broken = string.Concat(text.AsSpan(0, at), text[at] == 'A' ? "B" : "A", text.AsSpan(at + 1));
            if (TlogProof.Read(broken, _algorithm, Key) is { } read)
            {
                // Unused bits at the end of base64 say nothing: what is proven is the same.
                Assert.Equal(Proof(5).Line.ToArray(), read.Line.ToArray());
            }
        }
    }

    [Fact]
    public void Another_key_proves_nothing() => Assert.Null(TlogProof.Read(TlogProof.Write(Proof(5)), _algorithm, Convert.ToHexStringLower(ChainScript.Signer("two").PublicKey)));

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nextra !\nindex 1\n\n")]
    [InlineData("c2sp.org/tlog-proof@v1\nextra e30=\nindex -1\n\nx\n")]
    public void Nonsense_is_no_proof(string text) => Assert.Null(TlogProof.Read(text, _algorithm, Key));

    [Fact]
    public void The_note_is_signed_as_the_signed_note_format_says()
    {
        var checkpoint = Proof(5).Checkpoint;
        var note = SignedNote.Write(checkpoint);
        var end = note.IndexOf("\n\n", StringComparison.Ordinal) + 1;
        var words = note[(end + 1)..].TrimEnd('\n').Split(' ');
        var signature = Convert.FromBase64String(words[2]);
        var verifier = SignedNote.VerifierKey(Key).Split('+', 3);

        Assert.Equal(["\u2014", "postern.evidence"], words[..2]);
        Assert.Equal("postern.evidence", verifier[0]);
        Assert.Equal(Convert.ToHexStringLower(signature[..4]), verifier[1]);
        Assert.Equal([1, .. Convert.FromHexString(Key)], Convert.FromBase64String(verifier[2]));
        Assert.Equal(SHA256.HashData([.. "postern.evidence\n"u8, .. Convert.FromBase64String(verifier[2])]).AsSpan(0, 4).ToArray(), signature[..4]);
        Assert.True(_algorithm.Verify(Convert.FromHexString(Key), Encoding.UTF8.GetBytes(note[..end]), signature.AsSpan(4)));
        Assert.StartsWith($"postern.evidence/{Chain:x8}/", note, StringComparison.Ordinal);
        Assert.Equal(checkpoint, SignedNote.Read(note, _algorithm, Key));
    }

    [Fact]
    public void The_report_names_the_newest_checkpoint()
    {
        var script = new ChainScript(Chain, _signer).Checkpoint().Records(3).Checkpoint();

        var report = ChainScript.Verify(script.Files(), new VerificationDemand(Key));

        Assert.Equal(5, report.Latest?.Size);
    }

    private RecordProof Proof(long sequence) =>
        RecordProof.Create(new ChainScript(Chain, _signer).Checkpoint().Records(5).Checkpoint().Records(3).Checkpoint(closing: true).Files().Select(static file => file.AsEvidence()), new EvidenceId(Chain, sequence), _algorithm)!;
}
