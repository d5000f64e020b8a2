using Postern.Engine.Evidence;
using Postern.Engine.Evidence.Signing;
using Postern.Transports.Evidence;

namespace Postern.Transports.Tests.Evidence;

public sealed class ResumeTests
{
    [Fact]
    public async Task A_restart_goes_on_with_the_chain()
    {
        using var folder = new TemporaryFolder();
        var first = await Write(folder, 5);
        var second = await Write(folder, 5);
        Assert.Equal(first[0].Chain, second[0].Chain);
        Assert.True(second[0].Sequence > first[^1].Sequence);
        var report = folder.Verify();
        Assert.Null(report.Failure);
        Assert.Equal((1, 1, 1L, 0L), (report.Files, report.Chains, report.Resumptions, report.Unsigned));
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 4)]
    public async Task Records_that_were_signed_only_after_a_crash_are_counted(bool crash, int adopted)
    {
        using var folder = new TemporaryFolder();
        await (crash ? Crash(folder, 4) : Write(folder, 4));
        await Write(folder, 1);
        var report = folder.Verify();
        Assert.Equal(adopted, report.Adopted);
        Assert.Equal(crash, report.CannotProve.Any(limit => limit.Contains("just before a restart", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_restart_reads_only_from_the_last_checkpoint_on()
    {
        using var folder = new TemporaryFolder();
        await Write(folder, 3000, new RecorderOptions(CheckpointRecords: 500));
        Assert.True(new FileInfo(folder.Files()[0]).Length > 1 << 20);
        await Write(folder, 3);
        Assert.Null(folder.Verify().Failure);
    }

    [Fact]
    public async Task A_last_checkpoint_far_from_the_end_is_found()
    {
        using var folder = new TemporaryFolder();
        await Crash(folder, 3000);
        await Write(folder, 1);
        Assert.Null(folder.Verify().Failure);
    }

    [Fact]
    public async Task A_torn_last_line_is_cut_off_and_reported_wherever_it_was_torn()
    {
        using var folder = new TemporaryFolder();
        await Crash(folder, 2);
        var path = folder.Files()[0];
        var whole = File.ReadAllBytes(path);
        var lastLine = whole.AsSpan(0, whole.Length - 1).LastIndexOf((byte)'\n') + 1;
        for (var length = lastLine; length < whole.Length; length += 11)
        {
            File.WriteAllBytes(path, whole[..length]);
            await Write(folder, 1);
            var report = folder.Verify();
            Assert.Null(report.Failure);
            Assert.Contains(folder.Lines(), line => line.Contains(
                $"after record 2; {length - lastLine} bytes of an unfinished record were dropped", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("\"effect\":\"allow\"", "\"effect\":\"deny\"")]
    [InlineData("\"seq\":3,", "\"seq\":4,")]
    [InlineData("\"signature\":\"", "\"signature\":\"0")]
    [InlineData("\"root\":\"", "\"rood\":\"")]
    [InlineData("\"action\":\"read\"", "\"action\":\"read\" ")]
    public async Task A_tail_that_does_not_verify_stops_the_start_and_is_left_as_it_is(string from, string to)
    {
        using var folder = new TemporaryFolder();
        await Crash(folder, 4);
        var path = folder.Files()[0];
        File.WriteAllText(path, File.ReadAllText(path).Replace(from, to, StringComparison.Ordinal));
        var bent = File.ReadAllBytes(path);
        var refused = Assert.Throws<EvidenceUnsoundException>(() => folder.Open());
        Assert.Contains("postern evidence verify", refused.Message, StringComparison.Ordinal);
        Assert.Equal(bent, File.ReadAllBytes(path));
    }

    [Fact]
    public async Task After_a_rotation_the_newest_file_is_enough()
    {
        using var folder = new TemporaryFolder();
        await Write(folder, 20, new RecorderOptions(MaxFileRecords: 6));
        foreach (var old in folder.Files()[..^1])
        {
            File.Delete(old);
        }

        await Write(folder, 5);
        var report = folder.Verify();
        Assert.Null(report.Failure);
        Assert.Contains(report.CannotProve, limit => limit.Contains("before its first file", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"chain\":\"")]
    public async Task A_file_that_was_only_just_begun_is_gone_on_with(string begun)
    {
        using var folder = new TemporaryFolder();
        var ids = await Write(folder, 3);
        var next = ids[^1].Sequence + 2;
        File.WriteAllText(System.IO.Path.Combine(folder.Evidence, new EvidenceFileName(ids[0].Chain, next).ToString()), begun);
        await Write(folder, 3);
        Assert.Null(folder.Verify().Failure);
        Assert.Equal(2, folder.Files().Length);
        Assert.StartsWith("{\"chain\":", File.ReadAllLines(folder.Files()[1])[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_was_only_just_begun_at_another_place_stops_the_start()
    {
        using var folder = new TemporaryFolder();
        var ids = await Write(folder, 3);
        File.WriteAllText(System.IO.Path.Combine(folder.Evidence, new EvidenceFileName(ids[0].Chain, 99).ToString()), "");
        Assert.Throws<EvidenceUnsoundException>(() => folder.Open());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"chain\":\"0000")]
    public async Task A_chain_that_died_before_its_header_was_kept_is_replaced(string begun)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.Evidence);
        File.WriteAllText(System.IO.Path.Combine(folder.Evidence, "evidence-00000007-0.jsonl"), begun);
        await Write(folder, 1);
        Assert.Null(folder.Verify().Failure);
        Assert.Single(folder.Files());
    }

    [Fact]
    public async Task Two_chains_that_nothing_follows_stop_the_start()
    {
        using var folder = new TemporaryFolder();
        using var other = new TemporaryFolder();
        await Write(folder, 1);
        await Write(other, 1);
        File.Copy(other.Files()[0], System.IO.Path.Combine(folder.Evidence, System.IO.Path.GetFileName(other.Files()[0])));
        Assert.Throws<EvidenceUnsoundException>(() => folder.Open());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_changed_key_begins_a_chain_that_names_the_old_ones_end(bool oldKeyAtHand)
    {
        using var folder = new TemporaryFolder();
        var before = await Write(folder, 3);
        EvidenceId after;
        await using (var recorder = folder.Open(seed: 2, old: oldKeyAtHand ? TemporaryFolder.Signer(1) : null))
        {
            after = await Drafts.Allow(recorder);
        }

        await using (var recorder = folder.Open(seed: 2))
        {
            Assert.Equal(after.Chain, (await Drafts.Allow(recorder)).Chain);
        }

        Assert.NotEqual(before[0].Chain, after.Chain);
        var report = folder.Verify();
        Assert.Null(report.Failure);
        Assert.Equal(2, report.Chains);
        Assert.Equal(oldKeyAtHand, !report.CannotProve.Any(limit => limit.Contains("did not sign", StringComparison.Ordinal)));
        Assert.Equal(oldKeyAtHand, folder.Verify(Convert.ToHexStringLower(TemporaryFolder.Signer(1).PublicKey)).Sound);
        Assert.True(folder.Verify(Convert.ToHexStringLower(TemporaryFolder.Signer(2).PublicKey)).Sound);
    }

    [Fact]
    public async Task A_wrong_old_key_endorses_nothing()
    {
        using var folder = new TemporaryFolder();
        await Write(folder, 1);
        await using (var recorder = folder.Open(seed: 2, old: TemporaryFolder.Signer(3)))
        {
            await Drafts.Allow(recorder);
        }

        Assert.Null(folder.Verify().Failure);
        Assert.DoesNotContain("endorsement", string.Concat(folder.Lines()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_torn_line_before_a_key_change_is_cut_off_and_reported_in_the_new_chain()
    {
        using var folder = new TemporaryFolder();
        await Crash(folder, 2);
        File.AppendAllText(folder.Files()[0], "{\"action");
        await using (var recorder = folder.Open(seed: 2))
        {
            await Drafts.Allow(recorder);
        }

        Assert.Null(folder.Verify().Failure);
        Assert.Contains(folder.Lines(), line => line.Contains("\"note\":\"8 bytes of an unfinished record were dropped\"", StringComparison.Ordinal));
    }

    private static async Task<List<EvidenceId>> Write(TemporaryFolder folder, int records, RecorderOptions? options = null)
    {
        var ids = new List<EvidenceId>();
        await using var recorder = folder.Open(options: options);
        for (var i = 0; i < records; i++)
        {
            ids.Add(await Drafts.Allow(recorder));
        }

        return ids;
    }

    // Leaves the files as a killed process does: no closing checkpoint.
    private static async Task Crash(TemporaryFolder folder, int records)
    {
        await Write(folder, records);
        var path = folder.Files()[0];
        var lines = File.ReadAllLines(path);
        File.WriteAllText(path, string.Concat(lines[..^1].Select(line => line + "\n")));
    }
}
