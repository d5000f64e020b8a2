using System.Text.Json;

namespace Postern.Blackbox.Tests.Hosts;

/// <summary>Hosts' files before and after, character by character.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class IntegrateTests : IDisposable
{
    private readonly PosternProcess _postern = new();

    public IntegrateTests() => _postern.Environment["HOME"] = UserHome;

    /// <summary>Host, its file in the user's home, the exit code, and the golden files' extension.</summary>
    public static TheoryData<string, string, int> Files => new()
    {
        { "claude-code", ".claude.json", 1 },
        { "claude-desktop", ".config/Claude/claude_desktop_config.json", 0 },
        { "cursor", ".cursor/mcp.json", 1 },
        { "vscode", ".config/Code/User/mcp.json", 0 },
        { "jetbrains", ".junie/mcp/mcp.json", 0 },
        { "codex", ".codex/config.toml", 0 },
        { "gemini", ".gemini/settings.json", 1 },
        { "zed", ".config/zed/settings.json", 0 },
        { "cline", ".cline/data/settings/cline_mcp_settings.json", 0 },
        { "windsurf", ".codeium/windsurf/mcp_config.json", 0 },
        { "opencode", ".config/opencode/opencode.jsonc", 0 },
    };

    private string UserHome => _postern.At("user");

    public void Dispose() => _postern.Dispose();

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Wraps_by_the_golden_file_once_and_restores_every_byte(string host, string file, int exitCode)
    {
        var (before, after) = (Golden(host, file, "before"), Golden(host, file, "after"));
        var path = Put(file, before);

        Assert.Equal(exitCode, (await _postern.RunAsync("integrate", host)).ExitCode);
        Assert.Equal(after, await ReadAsync(path));
        Assert.Equal(exitCode, (await _postern.RunAsync("integrate", host)).ExitCode);
        Assert.Equal(after, await ReadAsync(path));
        Assert.Equal(0, (await _postern.RunAsync("integrate", host, "--remove")).ExitCode);
        Assert.Equal(before, await ReadAsync(path));
    }

    [Theory]
    [InlineData("cursor", ".cursor/mcp.json")]
    [InlineData("codex", ".codex/config.toml")]
    public async Task Keeps_the_line_ends_of_another_system(string host, string file)
    {
        var path = Put(file, Golden(host, file, "before").Replace("\n", "\r\n", StringComparison.Ordinal));

        await _postern.RunAsync("integrate", host);

        Assert.Equal(Golden(host, file, "after").Replace("\n", "\r\n", StringComparison.Ordinal), await ReadAsync(path));
    }

    [Fact]
    public async Task A_dry_run_changes_nothing_and_says_no_value()
    {
        var path = Put(".cursor/mcp.json", Golden("cursor", ".cursor/mcp.json", "before"));

        var outcome = await _postern.RunAsync("integrate", "cursor", "--dry-run");

        Assert.Contains("would be changed", outcome.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Bearer", outcome.All, StringComparison.Ordinal);
        Assert.Equal(Golden("cursor", ".cursor/mcp.json", "before"), await ReadAsync(path));
        Assert.False(Directory.Exists(Path.Combine(_postern.Home, "integrations")));
    }

    /// <summary>What the user changed afterwards stays; what was wrapped gets its own members back.</summary>
    [Theory]
    [InlineData("cursor", ".cursor/mcp.json", "\"enveloped\": {", "\"added\": { \"command\": \"new\" },\n\t\t\"enveloped\": {")]
    [InlineData("gemini", ".gemini/settings.json", "\"theme\": \"Default\"", "\"theme\": \"Dark\"")]
    [InlineData("codex", ".codex/config.toml", "web_search = true", "web_search = false")]
    public async Task Edits_of_the_user_survive_the_removal(string host, string file, string from, string to)
    {
        var path = Put(file, Golden(host, file, "before"));
        await _postern.RunAsync("integrate", host);
        await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(path, Cancel)).Replace(from, to, StringComparison.Ordinal), Cancel);

        Assert.Equal(0, (await _postern.RunAsync("integrate", host, "--remove")).ExitCode);

        var left = await ReadAsync(path);
        Assert.Contains(to, left, StringComparison.Ordinal);
        Assert.DoesNotContain("POSTERN", left, StringComparison.Ordinal);
        Assert.DoesNotContain("\"proxy\"", left, StringComparison.Ordinal);
        Assert.Contains("https://mcp.example.com/", left, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_added_later_is_wrapped_by_the_next_run_and_nothing_twice()
    {
        var path = Put(".junie/mcp/mcp.json", Golden("jetbrains", "mcp.json", "before"));
        await _postern.RunAsync("integrate", "jetbrains");
        var added = (await File.ReadAllTextAsync(path, Cancel)).Replace("{ \"mcpServers\": {", "{ \"mcpServers\": { \"c\": { \"command\": \"c\" },", StringComparison.Ordinal);
        await File.WriteAllTextAsync(path, added, Cancel);

        Assert.Equal(0, (await _postern.RunAsync("integrate", "jetbrains")).ExitCode);

        using var read = JsonDocument.Parse(await ReadAsync(path));
        foreach (var server in read.RootElement.GetProperty("mcpServers").EnumerateObject())
        {
            Assert.Equal("POSTERN", server.Value.GetProperty("command").GetString());
            Assert.Single(server.Value.GetProperty("args").EnumerateArray(), static word => word.GetString() == "proxy");
        }
    }

    [NeedsFact("linux")]
    public async Task A_link_stays_a_link_and_a_mode_a_mode()
    {
        var target = Put("dotfiles/mcp.json", Golden("windsurf", "mcp_config.json", "before"));
        File.SetUnixFileMode(target, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        var link = Path.Combine(UserHome, ".codeium/windsurf/mcp_config.json");
        Directory.CreateDirectory(Path.GetDirectoryName(link)!);
        File.CreateSymbolicLink(link, target);

        await _postern.RunAsync("integrate", "windsurf");

        Assert.Equal(target, new FileInfo(link).LinkTarget);
        Assert.Equal(Golden("windsurf", "mcp_config.json", "after"), await ReadAsync(target));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, File.GetUnixFileMode(target));
    }

    [Theory]
    [InlineData("{\"mcpServers\": {\"a\": {\"command\": \"x\"}, \"a\": {\"command\": \"y\"}}}", "twice")]
    [InlineData("{\"mcpServers\": ", "ends too early")]
    [InlineData("[]", "an object was expected")]
    public async Task What_cannot_be_read_is_left_alone_and_counts_as_open(string text, string why)
    {
        var path = Put(".codeium/windsurf/mcp_config.json", text);

        var outcome = await _postern.RunAsync("integrate", "windsurf");

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains(why, outcome.Output, StringComparison.Ordinal);
        Assert.Equal(text, await ReadAsync(path));
    }

    [Fact]
    public async Task Hooks_join_the_users_own_and_leave_them_when_they_go()
    {
        const string Own = """
            {
              // mine
              "hooks": {
                "PreToolUse": [{ "matcher": "Bash", "hooks": [{ "type": "command", "command": "./mine.sh" }] }]
              }
            }

            """;
        var path = Put(".claude/settings.json", Own);

        Assert.Equal(0, (await _postern.RunAsync("integrate", "claude-code")).ExitCode);
        var hooked = await ReadAsync(path);
        Assert.Contains("./mine.sh", hooked, StringComparison.Ordinal);
        Assert.Contains("// mine", hooked, StringComparison.Ordinal);
        Assert.Equal(3, hooked.Split("POSTERN hook claude").Length - 1);

        // Home and its records lost: the entries still say whose they are.
        Directory.Delete(_postern.Home, recursive: true);
        Assert.Equal(0, (await _postern.RunAsync("integrate", "claude-code", "--remove")).ExitCode);
        Assert.Equal(Own, await ReadAsync(path));
    }

    [Theory]
    [InlineData("\"matcher\": \"*\"", "\"matcher\": \"Nothing\"", true)]
    [InlineData("POSTERN hook claude", "POSTERN hook claude; exit 0; #", true)]
    [InlineData("\"hooks\": {", "\"disableAllHooks\": true, \"hooks\": {", false)]
    public async Task Hooks_that_were_disarmed_are_armed_again_or_reported(string from, string to, bool mends)
    {
        var path = Put(".claude/settings.json", "{}\n");
        Assert.Equal(0, (await _postern.RunAsync("integrate", "claude-code")).ExitCode);
        var armed = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        var disarmed = armed.Replace(from.Replace("POSTERN", PosternProcess.Executable, StringComparison.Ordinal), to.Replace("POSTERN", PosternProcess.Executable, StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.NotEqual(armed, disarmed);
        await File.WriteAllTextAsync(path, disarmed, TestContext.Current.CancellationToken);

        Assert.Equal(mends ? 0 : 1, (await _postern.RunAsync("integrate", "claude-code")).ExitCode);

        Assert.Equal(mends ? armed : disarmed, await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Init_finds_what_is_here_protects_it_and_looks_whether_it_is()
    {
        Directory.CreateDirectory(Path.Combine(UserHome, ".claude"));
        Put(".cursor/mcp.json", "{\"mcpServers\": {\"a\": {\"command\": \"a\"}}}");

        var outcome = await _postern.RunAsync("init", "--json");

        using var report = JsonDocument.Parse(outcome.Output);
        Assert.Equal(0, outcome.ExitCode);
        Assert.True(report.RootElement.GetProperty("protected").GetBoolean());
        Assert.True(report.RootElement.GetProperty("refuses_planted_key").GetBoolean());
        Assert.Equal(
            ["claude-code", "cursor", "cursor"],
            report.RootElement.GetProperty("files").EnumerateArray().Select(static file => file.GetProperty("host").GetString()!));

        _postern.Write("postern.yaml", "enforce: false\n");
        Assert.Equal(1, (await _postern.RunAsync("init")).ExitCode);
    }

    [Fact]
    public async Task A_host_that_is_not_here_or_not_known_is_said()
    {
        Assert.Equal(1, (await _postern.RunAsync("integrate", "zed")).ExitCode);
        var unknown = await _postern.RunAsync("integrate", "emacs");
        Assert.Equal(2, unknown.ExitCode);
        Assert.Contains("claude-code", unknown.Errors, StringComparison.Ordinal);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static string Golden(string host, string file, string when) =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Hosts", "Golden", $"{host}.{when}{Path.GetExtension(file)}"));

    /// <summary>The file with a word in the place of the program's path.</summary>
    private static async Task<string> ReadAsync(string path) =>
        (await File.ReadAllTextAsync(path, Cancel)).Replace(PosternProcess.Executable, "POSTERN", StringComparison.Ordinal);

    private string Put(string file, string text)
    {
        var path = Path.Combine(UserHome, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }
}
