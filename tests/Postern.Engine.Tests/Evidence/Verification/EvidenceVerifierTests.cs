using System.Security.Cryptography;
using System.Text;
using Postern.Engine.Evidence;
using Postern.Engine.Evidence.Signing;
using Postern.Engine.Evidence.Verification;
using Postern.Engine.Policy;

namespace Postern.Engine.Tests.Evidence.Verification;

public sealed class EvidenceVerifierTests
{
    private const uint Chain = 0x1a2b3c4d;

    private readonly EvidenceSigner _signer = ChainScript.Signer("one");
    private readonly EvidenceSigner _other = ChainScript.Signer("two");

    // header 0, checkpoint 1, records 2-6, checkpoint 7, records 8-10 | checkpoint 11, records 12-14, closing checkpoint 15
    private ChainScript Sound() => new ChainScript(Chain, _signer).Checkpoint().Records(5).Checkpoint().Records(3).Cut().Records(3).Checkpoint(closing: true);

    [Fact]
    public void Sound_evidence_verifies_and_is_counted()
    {
        var files = Sound().Files();
        files.Reverse();
        var report = ChainScript.Verify(files, new VerificationDemand(Key(_signer)));
        Assert.Null(report.Failure);
        Assert.True(report.Sound && report.Signed);
        Assert.Equal((2, 1, 16L, 4L, 0L, 0L), (report.Files, report.Chains, report.Records, report.Checkpoints, report.Denials, report.Unsigned));
        Assert.Equal([Key(_signer)], report.Keys);
        Assert.Equal(5, report.CannotProve.Count);
    }

    public static TheoryData<string, EvidenceFault, int, int> Tamperings => new()
    {
        { "remove a record", EvidenceFault.BrokenSequence, 0, 5 },
        { "remove a record and renumber", EvidenceFault.BrokenLink, 0, 5 },
        { "remove a checkpoint", EvidenceFault.BrokenSequence, 0, 8 },
        { "remove the header", EvidenceFault.BrokenLink, 0, 2 },
        { "alter a record", EvidenceFault.BrokenLink, 0, 5 },
        { "alter a record and relink", EvidenceFault.WrongRoot, 0, 8 },
        { "alter the header's version", EvidenceFault.BrokenLink, 0, 2 },
        { "swap two records", EvidenceFault.BrokenSequence, 0, 4 },
        { "swap two records and renumber", EvidenceFault.BrokenLink, 0, 4 },
        { "duplicate a record", EvidenceFault.BrokenSequence, 0, 5 },
        { "insert a record", EvidenceFault.BrokenSequence, 0, 5 },
        { "cut a line short", EvidenceFault.Malformed, 0, 4 },
        { "white space", EvidenceFault.Malformed, 0, 4 },
        { "unknown member", EvidenceFault.Malformed, 0, 4 },
        { "missing member", EvidenceFault.Malformed, 0, 4 },
        { "duplicate member", EvidenceFault.Malformed, 0, 4 },
        { "another version", EvidenceFault.Malformed, 0, 4 },
        { "empty line", EvidenceFault.Malformed, 0, 4 },
        { "another chain's record", EvidenceFault.WrongChain, 0, 4 },
        { "alter a signature", EvidenceFault.BadSignature, 0, 8 },
        { "alter a root", EvidenceFault.WrongRoot, 0, 8 },
        { "alter an edge", EvidenceFault.WrongRoot, 0, 8 },
        { "alter a checkpoint's time", EvidenceFault.BadSignature, 0, 8 },
        { "claim a closed state", EvidenceFault.BadSignature, 0, 8 },
        { "another key in a checkpoint", EvidenceFault.UntrustedKey, 0, 8 },
        { "another origin in a checkpoint", EvidenceFault.UntrustedKey, 0, 8 },
        { "remove the first file's tail", EvidenceFault.BrokenSequence, 1, 1 },
        { "torn last line", EvidenceFault.TornLine, 1, 6 },
        { "torn first file", EvidenceFault.TornLine, 0, 12 },
    };

    [Theory]
    [MemberData(nameof(Tamperings))]
    public void Finds(string tampering, EvidenceFault fault, int file, int line)
    {
        var files = Sound().Files();
        Tamper(tampering, files);
        var report = ChainScript.Verify(files);
        Assert.False(report.Sound);
        Assert.Equal((fault, files[file].Name, (long)line), (report.Failure!.Fault, report.Failure.File, report.Failure.Line));
        Assert.DoesNotContain("agent-1", report.Failure.ToString(), StringComparison.Ordinal);
    }

    private void Tamper(string tampering, List<MemoryFile> files)
    {
        var lines = files[0].Lines;
        switch (tampering)
        {
            case "remove a record": lines.RemoveAt(4); break;
            case "remove a record and renumber":
                lines.RemoveAt(4);
                for (var i = 4; i < lines.Count; i++)
                {
                    lines[i] = lines[i].Replace($"\"seq\":{i + 1},", $"\"seq\":{i},", StringComparison.Ordinal);
                }

                break;
            case "remove a checkpoint": lines.RemoveAt(7); break;
            case "remove the header": lines.RemoveAt(0); Renew(lines, 0); break;
            case "alter a record": Bend(lines, 3, "\"effect\":\"allow\"", "\"effect\":\"deny\""); break;
            case "alter a record and relink":
                Bend(lines, 3, "\"effect\":\"allow\"", "\"effect\":\"deny\"");
                Relink(lines, 4);
                break;
            case "alter the header's version": Bend(lines, 0, "0.1.0", "0.2.0"); break;
            case "swap two records": (lines[3], lines[4]) = (lines[4], lines[3]); break;
            case "swap two records and renumber":
                (lines[3], lines[4]) = (lines[4].Replace("\"seq\":4,", "\"seq\":3,", StringComparison.Ordinal), lines[3].Replace("\"seq\":3,", "\"seq\":4,", StringComparison.Ordinal));
                break;
            case "duplicate a record": lines.Insert(4, lines[3]); break;
            case "insert a record": lines.Insert(4, lines[3].Replace("\"seq\":3,", "\"seq\":9,", StringComparison.Ordinal)); break;
            case "cut a line short": lines[3] = lines[3][..40]; break;
            case "white space": lines[3] = lines[3].Replace(",\"actor\"", ", \"actor\"", StringComparison.Ordinal); break;
            case "unknown member": Bend(lines, 3, ",\"v\":1}", ",\"v\":1,\"w\":1}"); break;
            case "missing member": Bend(lines, 3, "\"grant\":\"mode:balanced\",", ""); break;
            case "duplicate member": Bend(lines, 3, ",\"v\":1}", ",\"v\":1,\"v\":1}"); break;
            case "another version": Bend(lines, 3, ",\"v\":1}", ",\"v\":2}"); break;
            case "empty line": lines.Insert(3, ""); break;
            case "another chain's record": Bend(lines, 3, "\"chain\":\"1a2b3c4d\"", "\"chain\":\"1a2b3c4e\""); break;
            case "alter a signature": Flip(lines, 7, "\"signature\":\""); break;
            case "alter a root": Flip(lines, 7, "\"root\":\""); break;
            case "alter an edge": Flip(lines, 7, "\"edge\":\""); break;
            case "alter a checkpoint's time": Bend(lines, 7, "\"ts\":\"2026-11-20T06:00:00", "\"ts\":\"2026-11-20T06:00:01"); break;
            case "claim a closed state": Bend(lines, 7, "\"closing\":false", "\"closing\":true"); break;
            case "another key in a checkpoint": Bend(lines, 7, Key(_signer), Key(_other)); break;
            case "another origin in a checkpoint": Bend(lines, 7, "postern.evidence/1a2b3c4d/2026", "postern.evidence/1a2b3c4d/2025"); break;
            case "remove the first file's tail": lines.RemoveRange(8, lines.Count - 8); break;
            case "torn last line": files[1].Tail = "{\"action\":"; break;
            case "torn first file": files[0].Tail = "x"; break;
            default: throw new ArgumentException(tampering);
        }
    }

    // A file may begin with a checkpoint, so without its header a chain still begins; its next record does not fit the forged start.
    private static void Renew(List<string> lines, int index) => Bend(lines, index, "\"prev\":\"" + lines[index].Split("\"prev\":\"")[1][..64], "\"prev\":\"" + new string('0', 64));

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
            var report = EvidenceVerifier.Verify([file], new VerificationDemand(Key(_signer)), new ManagedEd25519());

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
        Assert.Equal(EvidenceFault.UntrustedKey, ChainScript.Verify(forged, new VerificationDemand(Key(_signer))).Failure!.Fault);
    }

    [Fact]
    public void A_header_that_names_the_pinned_key_but_is_signed_by_nobody_is_refused()
    {
        var files = new ChainScript(Chain, _signer).Records(3).Files();
        Assert.Equal(EvidenceFault.UntrustedKey, ChainScript.Verify(files, new VerificationDemand(Key(_signer))).Failure!.Fault);
        Assert.False(ChainScript.Verify(files).Signed);
    }

    [Fact]
    public void A_tail_cut_back_to_a_checkpoint_is_found_by_a_witness_and_admitted_without_one()
    {
        var files = Sound().Files();
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
        var witness = WitnessOf(Sound().Files());
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
        var files = Sound().Files();
        files.RemoveAt(0);
        var report = ChainScript.Verify(files, new VerificationDemand(Key(_signer)));
        Assert.True(report.Sound);
        Assert.Contains(report.CannotProve, limit => limit.Contains("before its first file", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_that_begins_with_neither_header_nor_checkpoint_is_refused()
    {
        var files = Sound().Files();
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

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_key_change_that_the_old_key_endorsed_is_trusted_from_either_key(bool pinOld)
    {
        var files = KeyChange(endorsed: true);
        var report = ChainScript.Verify(files, new VerificationDemand(Key(pinOld ? _signer : _other)));
        Assert.Null(report.Failure);
        Assert.Equal(2, report.Chains);
        Assert.Equal(2, report.Keys.Count);
    }

    [Fact]
    public void A_key_change_without_endorsement_is_trusted_only_backwards()
    {
        var files = KeyChange(endorsed: false);
        Assert.Contains(ChainScript.Verify(files).CannotProve, limit => limit.Contains("the old one did not sign", StringComparison.Ordinal));
        Assert.True(ChainScript.Verify(files, new VerificationDemand(Key(_other))).Sound);
        Assert.Equal(EvidenceFault.UntrustedKey, ChainScript.Verify(files, new VerificationDemand(Key(_signer))).Failure!.Fault);
    }

    [Fact]
    public void An_endorsement_for_another_key_is_found()
    {
        var old = new ChainScript(Chain, _signer).Checkpoint().Records(2).Checkpoint(closing: true);
        var forged = Endorse(old.Link(), ChainHeader.OriginOf(0x77777777, ChainScript.Time), Key(ChainScript.Signer("three")));
        var next = new ChainScript(0x77777777, _other, old.Link(), forged).Checkpoint();
        Assert.Equal(EvidenceFault.BadSignature, ChainScript.Verify([.. old.Files(), .. next.Files()]).Failure!.Fault);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void An_old_chain_that_was_cut_after_the_key_change_is_found(int lines)
    {
        var files = KeyChange(endorsed: true);
        files[0].Lines.RemoveRange(files[0].Lines.Count - lines, lines);
        Assert.Equal(EvidenceFault.BrokenKeyChange, ChainScript.Verify(files).Failure!.Fault);
    }

    [Fact]
    public void An_old_chain_that_grew_after_the_key_change_is_found()
    {
        var old = new ChainScript(Chain, _signer).Checkpoint().Records(2).Checkpoint();
        var link = old.Link();
        old.Records(1).Checkpoint();
        var next = new ChainScript(0x77777777, _other, link).Checkpoint();
        Assert.Equal(EvidenceFault.BrokenKeyChange, ChainScript.Verify([.. old.Files(), .. next.Files()]).Failure!.Fault);
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
        var files = Sound().Files();
        var algorithm = new ManagedEd25519();
        for (var sequence = 0; sequence < 15; sequence++)
        {
            var proof = RecordProof.Create(files.Select(file => file.AsEvidence()), new EvidenceId(Chain, sequence), algorithm);
            Assert.NotNull(proof);
            Assert.True(proof.Verify(Key(_signer), algorithm));
            Assert.False(proof.Verify(Key(_other), algorithm));
            Assert.False((proof with { Line = Encoding.UTF8.GetBytes(files[0].Lines[(sequence + 1) % 5 + 2]) }).Verify(Key(_signer), algorithm)
                && sequence != (sequence + 1) % 5 + 2);
        }

        Assert.Null(RecordProof.Create(files.Select(file => file.AsEvidence()), new EvidenceId(Chain, 15), algorithm));
        Assert.Null(RecordProof.Create(files.Select(file => file.AsEvidence()), new EvidenceId(0, 1), algorithm));
        Assert.Null(RecordProof.Create(files.Skip(1).Select(file => file.AsEvidence()), new EvidenceId(Chain, 12), algorithm));
    }

    [Fact]
    public void Reading_does_not_depend_on_how_the_stream_hands_out_bytes()
    {
        var file = Sound().Files()[0];
        using var whole = file.AsEvidence().Open();
        var bytes = new MemoryStream();
        whole.CopyTo(bytes);
        var report = EvidenceVerifier.Verify(
            [new EvidenceFile(file.Name, () => new DrippingStream(bytes.ToArray()))], new VerificationDemand(), new ManagedEd25519());
        Assert.True(report.Sound);
        Assert.Equal(file.Lines.Count, report.Records);
    }

    private List<MemoryFile> KeyChange(bool endorsed)
    {
        var old = new ChainScript(Chain, _signer).Checkpoint().Records(2).Checkpoint(closing: true);
        const uint Next = 0x00000001;
        var endorsement = endorsed ? Endorse(old.Link(), ChainHeader.OriginOf(Next, ChainScript.Time), Key(_other)) : null;
        return [.. old.Files(), .. new ChainScript(Next, _other, old.Link(), endorsement).Checkpoint().Records(1).Checkpoint(closing: true).Files()];
    }

    private string Endorse(ChainLink link, string origin, string key)
    {
        var signature = new byte[64];
        _signer.Sign(link.EndorsementText(origin, key), signature);
        return Convert.ToHexStringLower(signature);
    }

    private static EvidenceWitness WitnessOf(List<MemoryFile> files)
    {
        var last = files[^1].Lines[^1];
        var size = long.Parse(last.Split("\"size\":")[1].Split(',')[0], System.Globalization.CultureInfo.InvariantCulture);
        return new EvidenceWitness(Chain, size, last.Split("\"root\":\"")[1][..64]);
    }

    private static void Bend(List<string> lines, int index, string from, string to)
    {
        Assert.Contains(from, lines[index], StringComparison.Ordinal);
        lines[index] = lines[index].Replace(from, to, StringComparison.Ordinal);
    }

    private static void Flip(List<string> lines, int index, string before)
    {
        var at = lines[index].IndexOf(before, StringComparison.Ordinal) + before.Length;
        var flipped = lines[index][at] == '0' ? '1' : '0';
        lines[index] = lines[index][..at] + flipped + lines[index][(at + 1)..];
    }

    // What somebody without the key can do: carry the new hashes forward through every later record.
    private static void Relink(List<string> lines, int from)
    {
        for (var i = from; i < lines.Count; i++)
        {
            var prev = lines[i].Split("\"prev\":\"")[1][..64];
            lines[i] = lines[i].Replace(prev, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lines[i - 1]))), StringComparison.Ordinal);
        }
    }

    private static string Key(EvidenceSigner signer) => Convert.ToHexStringLower(signer.PublicKey);
}
