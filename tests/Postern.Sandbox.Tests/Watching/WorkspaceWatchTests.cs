using Postern.Sandbox.Watching;

namespace Postern.Sandbox.Tests.Watching;

/// <summary>What the kernel says of a folder, and how files in it are reached while somebody else changes them.</summary>
public sealed class WorkspaceWatchTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("postern-watch-").FullName;
    private readonly string _outside = Directory.CreateTempSubdirectory("postern-outside-").FullName;
    private readonly List<IDisposable> _open = [];

    public void Dispose()
    {
        _open.ForEach(static one => one.Dispose());
        Directory.Delete(_root, recursive: true);
        Directory.Delete(_outside, recursive: true);
    }

    [NeedsTheory("linux")]
    [InlineData("echo x > a", "a")]
    [InlineData("echo x > .a.tmp; mv .a.tmp a", "a")]
    [InlineData("mkdir -p d/e; echo x > d/e/a", "d/e/a")]
    [InlineData("echo x > old/b", "old/b")]
    [InlineData("mv old new; echo x > new/a", "new/a")]
    [InlineData("echo x > /proc/self/fd/1; ln old/f a", "a")]
    [InlineData("ln -s /etc/passwd a", "a")]
    [InlineData("mkdir d; mv d old/d; echo x > old/d/a", "old/d/a")]
    [InlineData("exec 3> a; echo x >&3; sleep 0.1", "a")]
    public void Every_way_to_make_a_file_is_seen(string script, string expected)
    {
        Put("old/f");
        var watch = Watch();
        Shell(script);

        Assert.Contains(expected, All(watch).Where(static change => !change.IsRemoved).Select(static change => change.Relative));
    }

    [NeedsTheory("linux")]
    [InlineData("rm old/f", "old/f")]
    [InlineData("mv old/f /tmp/postern-moved-$$; rm -f /tmp/postern-moved-$$", "old/f")]
    [InlineData("mv old ../postern-gone-$$; rm -r ../postern-gone-$$", "old")]
    public void Every_way_to_lose_a_file_is_seen(string script, string expected)
    {
        Put("old/f");
        var watch = Watch();
        Shell(script);

        Assert.Contains(expected, All(watch).Where(static change => change.IsRemoved).Select(static change => change.Relative));
    }

    [NeedsFact("linux")]
    public void A_folder_that_moved_away_is_watched_no_longer()
    {
        Put("old/f");
        var watch = Watch();
        Shell($"mv old {_outside}/old");
        _ = All(watch);
        Shell($"echo x > {_outside}/old/a");

        Assert.Empty(All(watch));
    }

    [NeedsFact("linux")]
    public void A_folder_that_is_a_link_is_not_entered()
    {
        Directory.CreateSymbolicLink(Path.Join(_root, "out"), _outside);
        var watch = Watch();
        Shell($"echo x > {_outside}/a; ln -s {_outside} later; echo x > {_outside}/b");

        Assert.Equal(["later"], All(watch).Select(static change => change.Relative));
    }

    [NeedsFact("linux")]
    public void What_the_kernel_loses_is_said_and_can_be_looked_for()
    {
        var watch = Watch();
        var writes = int.Parse(File.ReadAllText("/proc/sys/fs/inotify/max_queued_events"), System.Globalization.CultureInfo.InvariantCulture);
        for (var i = 0; i < writes / 2; i++)
        {
            // Appending: to truncate a file has the file system write it out.
            File.AppendAllText(Path.Join(_root, "f" + (i % 50)), "x");
        }

        var isWhole = true;
        List<FileChange> seen = [];
        for (var reads = 0; isWhole && reads < 1000; reads++)
        {
            isWhole = watch.Read(seen, 0);
        }

        Assert.False(isWhole);
        Assert.Equal(50, watch.All().DistinctBy(static change => change.Relative).Count());
    }

    [NeedsFact("linux root")]
    public void Root_knows_who_wrote_a_file_whatever_it_is_called_by_now()
    {
        var watch = Watch();
        Shell("mkdir d; sh -c 'echo x > d/.tmp; mv d/.tmp d/a; sleep 1' & sleep 0.3");
        _ = All(watch);
        using var file = watch.Roots[0].Open("d/a");

        Assert.Equal("sh", watch.WriterOf(GuardedFolder.StatusOf(file!)!.Value)?.Command);
        Assert.True(watch.KnowsWriters);
    }

    [NeedsTheory("linux")]
    [InlineData("link")]
    [InlineData("folder/passwd")]
    [InlineData("../etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("nothing")]
    public void Nothing_is_opened_by_a_link_or_outside(string path)
    {
        File.CreateSymbolicLink(Path.Join(_root, "link"), "/etc/passwd");
        Directory.CreateSymbolicLink(Path.Join(_root, "folder"), "/etc");

        Assert.Null(Folder(_root).Open(path));
    }

    [NeedsFact("linux")]
    public void A_pipe_does_not_hold_up_whoever_opens_it()
    {
        Shell("mkfifo p");
        using var pipe = Folder(_root).Open("p");

        Assert.False(GuardedFolder.StatusOf(pipe!)!.Value.IsRegular);
    }

    [NeedsFact("linux")]
    public void What_was_looked_at_is_moved_and_nothing_is_written_over()
    {
        Put("a");
        File.WriteAllText(Path.Join(_outside, "taken"), "somebody's");
        var folder = Folder(_root);
        var identity = Identity(folder, "a");

        Assert.NotNull(folder.Move("a", identity, Folder(_outside), "taken"));
        Assert.Null(folder.Move("a", identity, Folder(_outside), "b"));
        Assert.Equal(("a", "somebody's"), (File.ReadAllText(Path.Join(_outside, "b")), File.ReadAllText(Path.Join(_outside, "taken"))));
    }

    [NeedsFact("linux")]
    public void A_file_that_took_the_place_is_given_back()
    {
        Put("a");
        Put("other");
        var folder = Folder(_root);
        var identity = Identity(folder, "a");
        File.Move(Path.Join(_root, "other"), Path.Join(_root, "a"), overwrite: true);

        Assert.Contains("another file", folder.Move("a", identity, Folder(_outside), "b"), StringComparison.Ordinal);
        Assert.Equal("other", File.ReadAllText(Path.Join(_root, "a")));
        Assert.Empty(Directory.EnumerateFiles(_outside));
    }

    [NeedsFact("linux")]
    public void A_folder_that_became_a_link_moves_nothing_from_where_it_leads()
    {
        Put("d/a");
        var folder = Folder(_root);
        var identity = Identity(folder, "d/a");
        Directory.Move(Path.Join(_root, "d"), Path.Join(_root, "e"));
        var victim = Directory.CreateDirectory(Path.Join(_outside, "victim")).FullName;
        File.WriteAllText(Path.Join(victim, "a"), "the operator's");
        Directory.CreateSymbolicLink(Path.Join(_root, "d"), victim);

        Assert.NotNull(folder.Move("d/a", identity, Folder(_outside), "b"));
        Assert.Equal("the operator's", File.ReadAllText(Path.Join(victim, "a")));
    }

    [NeedsFact("linux")]
    public void A_folder_that_is_not_there_cannot_be_watched() =>
        Assert.Throws<ContainmentException>(() => new WorkspaceWatch([Path.Join(_root, "nowhere")], static _ => true));

    private WorkspaceWatch Watch()
    {
        var watch = new WorkspaceWatch([_root], static _ => true);
        _open.Add(watch);
        return watch;
    }

    private GuardedFolder Folder(string path)
    {
        var folder = new GuardedFolder(path);
        _open.Add(folder);
        return folder;
    }

    private static FileIdentity Identity(GuardedFolder folder, string file)
    {
        using var open = folder.Open(file);
        return GuardedFolder.StatusOf(open!)!.Value;
    }

    private static List<FileChange> All(WorkspaceWatch watch)
    {
        List<FileChange> all = [];
        for (var before = -1; all.Count > before;)
        {
            before = all.Count;
            Assert.True(watch.Read(all, 20));
        }

        return all;
    }

    private void Put(string name)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Join(_root, name))!);
        File.WriteAllText(Path.Join(_root, name), Path.GetFileName(name));
    }

    private void Shell(string script)
    {
        using var shell = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("sh", ["-c", script]) { WorkingDirectory = _root })!;
        shell.WaitForExit();
        Assert.Equal(0, shell.ExitCode);
    }
}
