using System.Text;
using Postern.Engine.Evidence;
using Postern.Engine.Evidence.Signing;
using Postern.Engine.Evidence.Verification;
using Postern.Engine.Policy;

namespace Postern.Engine.Tests.Evidence.Verification;

public sealed class EvidenceVerifierTests
{
    private const uint Chain = ChainScript.SoundChain;

    private readonly EvidenceSigner _signer = ChainScript.Signer("one");
    private readonly EvidenceSigner _other = ChainScript.Signer("two");

    [Fact]
    public void Sound_evidence_verifies_and_is_counted()
    {
        var files = ChainScript.Sound(_signer).Files();
        files.Reverse();
        var report = ChainScript.Verify(files, new VerificationDemand(ChainScript.KeyOf(_signer)));
        Assert.Null(report.Failure);
        Assert.True(report.Sound && report.Signed);
        Assert.Equal((2, 1, 16L, 4L, 0L, 0L), (report.Files, report.Chains, report.Records, report.Checkpoints, report.Denials, report.Unsigned));
        Assert.Equal([ChainScript.KeyOf(_signer)], report.Keys);
        Assert.Equal(5, report.CannotProve.Count);
    }

    [Fact]
    public void Every_altered_byte_of_every_signed_record_is_found()
    {
        var script = new ChainScript(Chain, _signer).Checkpoint().Record(Drafts.Clean()).Checkpoint(closing: true);
        var bytes = Encoding.UTF8.GetBytes(string.Concat(script.Files()[0].Lines.Select(line => line + "\n")));
        for (var at = 0; at < bytes.Length; at++)
        {
            var bent = (byte[])bytes.Clone();
            bent[at] ^= 1;
            var file = new EvidenceFile(script.Files()[0].Name, () => new MemoryStream(bent));
            var report = EvidenceVerifier.Verify([file], new VerificationDemand(ChainScript.KeyOf(_signer)), new ManagedEd25519());

            // The last line's own link to the record before it is checked, its time and signature are signed; nothing is free.
            Assert.False(report.Sound, $"byte {at} of {bytes.Length}");
        }
    }

    [Fact]
    public void Records_re_signed_with_another_key_are_found_when_the_key_is_pinned()
    {
        var forged = new ChainScript(Chain, _other).Checkpoint().Records(5).Checkpoint(closing: true).Files();
        Assert.True(ChainScript.Verify(forged).Sound);
        Assert.Contains(ChainScript.Verify(forged).CannotProve, limit => limit.Contains("no key was pinned", StringComparison.Ordinal));
        Assert.Equal(EvidenceFault.UntrustedKey, ChainScript.Verify(forged, new VerificationDemand(ChainScript.KeyOf(_signer))).Failure!.Fault);
    }

    [Fact]
    public void A_header_that_names_the_pinned_key_but_is_signed_by_nobody_is_refused()
    {
        var files = new ChainScript(Chain, _signer).Records(3).Files();
        Assert.Equal(EvidenceFault.UntrustedKey, ChainScript.Verify(files, new VerificationDemand(ChainScript.KeyOf(_signer))).Failure!.Fault);
        Assert.False(ChainScript.Verify(files).Signed);
    }

    [Fact]
    public void A_tail_cut_back_to_a_checkpoint_is_found_by_a_witness_and_admitted_without_one()
    {
        var files = ChainScript.Sound(_signer).Files();
        var witness = WitnessOf(files);
        Assert.True(ChainScript.Verify(files, new VerificationDemand(Witness: witness)).Sound);

        files[1].Lines.RemoveRange(1, files[1].Lines.Count - 1);
        var without = ChainScript.Verify(files);
        Assert.True(without.Sound);
        Assert.Contains(without.CannotProve, limit => limit.Contains("cut back to a checkpoint", StringComparison.Ordinal));
        Assert.Contains(without.CannotProve, limit => limit.Contains("not closed in good order", StringComparison.Ordinal));
        Assert.Equal(EvidenceFault.Truncated, ChainScript.Verify(files, new VerificationDemand(Witness: witness)).Failure!.Fault);
    }

    [Fact]
    public void Another_history_of_the_same_length_is_found_by_a_witness()
    {
        var witness = WitnessOf(ChainScript.Sound(_signer).Files());
        var other = new ChainScript(Chain, _signer).Checkpoint().Records(5).Checkpoint().Records(3).Cut().Record(Drafts.Clean(99)).Records(2).Checkpoint(closing: true);
        Assert.Equal(EvidenceFault.WrongRoot, ChainScript.Verify(other.Files(), new VerificationDemand(Witness: witness)).Failure!.Fault);
    }

    [Fact]
    public void Records_after_the_last_checkpoint_are_counted_as_unsigned()
    {
        var report = ChainScript.Verify(new ChainScript(Chain, _signer).Checkpoint().Records(4).Files());
        Assert.True(report.Sound);
        Assert.Equal(4, report.Unsigned);
        Assert.Contains(report.CannotProve, limit => limit.Contains("last 4 records", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_in_the_middle_that_is_gone_is_found()
    {
        var files = new ChainScript(Chain, _signer).Checkpoint().Records(2).Cut().Records(2).Cut().Records(2).Files();
        files.RemoveAt(1);
        var report = ChainScript.Verify(files);
        Assert.Equal((EvidenceFault.BrokenSequence, files[1].Name), (report.Failure!.Fault, report.Failure.File));
    }

    [Fact]
    public void Later_files_verify_without_the_first_and_say_what_that_leaves_open()
    {
        var files = ChainScript.Sound(_signer).Files();
        files.RemoveAt(0);
        var report = ChainScript.Verify(files, new VerificationDemand(ChainScript.KeyOf(_signer)));
        Assert.True(report.Sound);
        Assert.Contains(report.CannotProve, limit => limit.Contains("before its first file", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_that_begins_with_neither_header_nor_checkpoint_is_refused()
    {
        var files = ChainScript.Sound(_signer).Files();
        files.RemoveAt(0);
        files[0].Lines.RemoveAt(0);
        Assert.Equal(EvidenceFault.Missing, ChainScript.Verify(files).Failure!.Fault);
    }

    [Fact]
    public void No_files_and_empty_files_are_no_evidence()
    {
        Assert.Equal(EvidenceFault.Missing, ChainScript.Verify([]).Failure!.Fault);
        Assert.Equal(EvidenceFault.Missing, ChainScript.Verify([new MemoryFile("evidence-1a2b3c4d-0.jsonl", [])]).Failure!.Fault);
    }

    [Fact]
    public void A_line_longer_than_any_record_is_refused_without_being_kept()
    {
        var file = new MemoryFile("evidence-1a2b3c4d-0.jsonl", [new string('x', EvidenceFormat.MaxLineBytes + 1)]);
        Assert.Equal((EvidenceFault.Malformed, 1L), (ChainScript.Verify([file]).Failure!.Fault, ChainScript.Verify([file]).Failure!.Line));
    }

    [Fact]
    public void Streams_without_an_end_are_reported()
    {
        var script = new ChainScript(Chain, _signer).Checkpoint()
            .Record(Drafts.Stream(EvidenceKind.Open, 1)).Record(Drafts.Stream(EvidenceKind.Open, 2))
            .Record(Drafts.Stream(EvidenceKind.Span, 1)).Record(Drafts.Stream(EvidenceKind.Close, 1))
            .Record(Drafts.Stream(EvidenceKind.Open, 3, Effect.Deny))
            .Checkpoint(closing: true);
        var report = ChainScript.Verify(script.Files());
        Assert.True(report.Sound);
        Assert.Equal((1L, 1L), (report.UnclosedStreams, report.Denials));
        Assert.Equal(["chain 1a2b3c4d exchange 2 inbound"], report.UnclosedExchanges);
    }

    [Fact]
    public void A_restart_ends_the_streams_of_the_process_before_it()
    {
        var script = new ChainScript(Chain, _signer).Checkpoint()
            .Record(Drafts.Stream(EvidenceKind.Open, 1))
            .Record(RecorderNotes.Draft(RecorderNotes.Resumed(2, 17)))
            .Record(Drafts.Stream(EvidenceKind.Open, 1)).Record(Drafts.Stream(EvidenceKind.Close, 1))
            .Checkpoint(closing: true);
        var report = ChainScript.Verify(script.Files());
        Assert.Equal((1L, 1L), (report.UnclosedStreams, report.Resumptions));
    }

    [Fact]
    public void One_record_proves_itself()
    {
        var files = ChainScript.Sound(_signer).Files();
        var algorithm = new ManagedEd25519();
        for (var sequence = 0; sequence < 15; sequence++)
        {
            var proof = RecordProof.Create(files.Select(file => file.AsEvidence()), new EvidenceId(Chain, sequence), algorithm);
            Assert.NotNull(proof);
            Assert.True(proof.Verify(ChainScript.KeyOf(_signer), algorithm));
            Assert.False(proof.Verify(ChainScript.KeyOf(_other), algorithm));
            Assert.False((proof with { Line = Encoding.UTF8.GetBytes(files[0].Lines[(sequence + 1) % 5 + 2]) }).Verify(ChainScript.KeyOf(_signer), algorithm)
                && sequence != (sequence + 1) % 5 + 2);
        }

        Assert.Null(RecordProof.Create(files.Select(file => file.AsEvidence()), new EvidenceId(Chain, 15), algorithm));
        Assert.Null(RecordProof.Create(files.Select(file => file.AsEvidence()), new EvidenceId(0, 1), algorithm));
        Assert.Null(RecordProof.Create(files.Skip(1).Select(file => file.AsEvidence()), new EvidenceId(Chain, 12), algorithm));
    }

    [Fact]
    public void Reading_does_not_depend_on_how_the_stream_hands_out_bytes()
    {
        var file = ChainScript.Sound(_signer).Files()[0];
        using var whole = file.AsEvidence().Open();
        var bytes = new MemoryStream();
        whole.CopyTo(bytes);
        var report = EvidenceVerifier.Verify(
            [new EvidenceFile(file.Name, () => new DrippingStream(bytes.ToArray()))], new VerificationDemand(), new ManagedEd25519());
        Assert.True(report.Sound);
        Assert.Equal(file.Lines.Count, report.Records);
    }

    private static EvidenceWitness WitnessOf(List<MemoryFile> files)
    {
        var last = files[^1].Lines[^1];
        var size = long.Parse(last.Split("\"size\":")[1].Split(',')[0], System.Globalization.CultureInfo.InvariantCulture);
        return new EvidenceWitness(Chain, size, last.Split("\"root\":\"")[1][..64]);
    }
}
