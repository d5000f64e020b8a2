using System.Diagnostics;

namespace Postern.Blackbox.Tests.Commands;

public sealed class GitScanDiffTests : IDisposable
{
    // In pieces, so that this file does not look like a leak; it lives nowhere.
    private static readonly string s_key = "AKIA" + "QYLPMN5HHHFPZAM2";
    private readonly PosternProcess _postern = new();

    public static TheoryData<string, string> Diffs => new()
    {
        { "--- a/x\n+++ b/x\n@@ -1,2 +1,3 @@\n a\n+KEY\n b\n", "x:2:1" },
        { "--- /dev/null\n+++ b/x\n@@ -0,0 +1 @@\n+KEY\n\\ No newline at end of file\n", "x:1:1" },
        { "--- a/x\n+++ b/x\n@@ -7,2 +9,3 @@ KEY\n KEY\n-KEY\n+clean\n+k KEY\n", "x:11:3" },
        { "--- a/x\n+++ b/x\n@@ -1 +1,2 @@\n+++ b/elsewhere KEY\n a\n", "x:1:16" },
        { "--- a/x\r\n+++ b/x\r\n@@ -1 +1,2 @@\r\n a\r\n+KEY\r\n", "x:2:1" },
        { "--- a/x\n+++ \"b/na\\303\\257ve\"\n@@ -0,0 +1 @@\n+KEY\n", "naïve:1:1" },
        { "--- a/x\n+++ b/x\n@@ -0,0 +1 @@\n+a\ndiff --git a/y b/y\n--- a/y\n+++ b/y\n@@ -3 +3 @@\n-a\n+KEY\n", "y:3:1" },
        { "--- a/x\n+++ b/x\n@@ -1,2 +1,1 @@\n a\n-KEY\n", "" },
        { "diff --git a/x b/x\ndeleted file mode 100644\n--- a/x\n+++ /dev/null\n@@ -1 +0,0 @@\n-KEY\n", "" },
        { "--- a/x\n+++ b/x\n@@ -1 +1,2 @@\n # postern:ignore secret.aws.* a fixture\n+KEY\n", "" },
        { "\n", "" },
    };

    [Theory]
    [MemberData(nameof(Diffs))]
    public async Task Only_added_lines_are_found_where_they_stand_in_the_new_file(string diff, string place)
    {
        var outcome = await _postern.RunWithAsync(diff.Replace("KEY", s_key, StringComparison.Ordinal), "git", "scan-diff");

        Assert.Equal(place.Length == 0 ? 0 : 1, outcome.ExitCode);
        Assert.Equal(place.Length == 0 ? "" : place + ": block secret.aws.access-key-id: AWS access key id\n", outcome.Output);
    }

    [Theory]
    [InlineData("no diff at all")]
    [InlineData("--- a/x\n+++ b/x\n@@ -1,2 +1,9 @@\n a\n")]
    [InlineData("--- a/x\n+++ b/x\n@@ garbage @@\n+a\n")]
    [InlineData("--- a/x\n+++ b/x\n@@ -1,1 +1,2 @@\ngarbage\n")]
    [InlineData("@@ -1,1 +1,2 @@\n+a\n")]
    [InlineData("diff --cc x\n+++ b/x\n@@@ -1,1 -1,1 +1,2 @@@\n++a\n")]
    public async Task What_is_no_diff_is_refused_and_never_scanned_in_part(string diff) =>
        Assert.Equal(2, (await _postern.RunWithAsync(diff, "git", "scan-diff")).ExitCode);

    [Fact]
    public async Task A_hook_stops_the_commit_and_a_range_remembers_what_a_later_commit_removed()
    {
        await GitAsync(0, "init", "-q", ".");
        await GitAsync(0, "config", "user.email", "a@b.test");
        await GitAsync(0, "config", "user.name", "a");
        Assert.Equal(0, (await _postern.RunAsync("git", "install-hook")).ExitCode);
        _postern.Write("a.txt", s_key + "\n");
        await GitAsync(0, "add", "a.txt");
        await GitAsync(1, "commit", "-qm", "one");
        Assert.Equal(1, (await _postern.RunAsync("git", "scan-diff", "--staged")).ExitCode);

        await GitAsync(0, "commit", "-qnm", "one");
        _postern.Write("a.txt", "clean\n");
        await GitAsync(0, "commit", "-qam", "two");

        var outcome = await _postern.RunAsync("git", "scan-diff", "--range", "HEAD");
        Assert.StartsWith("a.txt:1:1: block", outcome.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await _postern.RunAsync("git", "scan-diff", "--range", "HEAD~1..HEAD")).ExitCode);
        Assert.Equal(2, (await _postern.RunAsync("git", "scan-diff", "--range", "nowhere..HEAD")).ExitCode);
        Assert.Equal(2, (await _postern.RunAsync("git", "scan-diff", "--range=--output=x")).ExitCode);
    }

    [Fact]
    public async Task A_hook_of_somebody_else_stays()
    {
        await GitAsync(0, "init", "-q", ".");
        Directory.CreateDirectory(_postern.At(".git/hooks"));
        _postern.Write(".git/hooks/pre-commit", "#!/bin/sh\n");

        Assert.Equal(2, (await _postern.RunAsync("git", "install-hook")).ExitCode);
        Assert.Equal(0, (await _postern.RunAsync("git", "install-hook", "--force")).ExitCode);
        Assert.Equal(0, (await _postern.RunAsync("git", "install-hook")).ExitCode);
    }

    public void Dispose() => _postern.Dispose();

    private async Task GitAsync(int exitCode, params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = _postern.Directory, RedirectStandardError = true, RedirectStandardOutput = true })!;
        await git.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await git.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(exitCode, git.ExitCode);
    }
}
