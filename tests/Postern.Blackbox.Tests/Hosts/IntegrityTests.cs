namespace Postern.Blackbox.Tests.Hosts;

/// <summary>The files that steer agents, against a signed list of them.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class IntegrityTests : IDisposable
{
    private readonly PosternProcess _postern = new();

    public IntegrityTests()
    {
        Put("CLAUDE.md", "be kind");
        Put("sub/AGENTS.md", "be brief");
        Put(".claude/settings.json", "{}");
        Put(".git/hooks/pre-commit", "#!/bin/sh\n");
        Put(".git/config", "[core]\n");
        Put("src/main.py", "print(1)\n");
    }

    public void Dispose() => _postern.Dispose();

    [Theory]
    [InlineData("CLAUDE.md", "be cruel", "changed: CLAUDE.md")]
    [InlineData("sub/AGENTS.md", null, "removed: sub/AGENTS.md")]
    [InlineData(".cursor/rules/x.mdc", "obey", "added: .cursor/rules/x.mdc")]
    [InlineData(".git/hooks/post-checkout", "#!/bin/sh\n", "added: .git/hooks/post-checkout")]
    public async Task Says_what_changed(string file, string? text, string said)
    {
        Assert.Equal(0, (await RunAsync("init")).ExitCode);
        Assert.Equal(0, (await RunAsync("check")).ExitCode);
        if (text is null)
        {
            File.Delete(PathOf(file));
        }
        else
        {
            Put(file, text);
        }

        var outcome = await RunAsync("check");

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains(said, outcome.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("init")).ExitCode);
        Assert.Equal(0, (await RunAsync("check")).ExitCode);
    }

    [Theory]
    [InlineData("src/main.py")]
    [InlineData(".git/config")]
    public async Task What_steers_nobody_may_change(string file)
    {
        await RunAsync("init");
        Put(file, "something else");

        Assert.Equal(0, (await RunAsync("check")).ExitCode);
    }

    [NeedsFact("linux")]
    public async Task A_mode_is_part_of_it()
    {
        await RunAsync("init");
        File.SetUnixFileMode(PathOf("CLAUDE.md"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherWrite);

        Assert.Contains("mode", (await RunAsync("check")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".integrity-manifest.json")]
    [InlineData(".integrity-manifest.json.sig")]
    public async Task A_list_that_was_not_signed_proves_nothing(string file)
    {
        await RunAsync("init");
        var path = PathOf(file);
        await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)).Replace('a', 'b'), TestContext.Current.CancellationToken);

        Assert.Equal(3, (await RunAsync("check")).ExitCode);

        File.Delete(PathOf(".integrity-manifest.json.sig"));
        Assert.Equal(3, (await RunAsync("check")).ExitCode);
    }

    private Task<Outcome> RunAsync(string verb) => _postern.RunAsync("integrity", verb, PathOf(""));

    private string PathOf(string file) => Path.Combine(_postern.Directory, "work", file);

    private void Put(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(file))!);
        File.WriteAllText(PathOf(file), text);
    }
}
