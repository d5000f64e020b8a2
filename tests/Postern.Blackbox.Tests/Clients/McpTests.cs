using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Postern.Blackbox.Tests.Clients;

/// <summary>Official MCP servers and the official client through every way that the program offers, against the same without it.</summary>
public sealed partial class McpTests : IDisposable
{
    private const string Listening = "listens on ";
    private static readonly string s_secret = "AKIA" + "Q3EGRZKW" + "V5N7YT2P";
    private readonly PosternProcess _program = new() { Patience = TimeSpan.FromMinutes(3) };

    public void Dispose() => _program.Dispose();

    [Theory]
    [InlineData("server-everything", "stdio")]
    [InlineData("server-filesystem", ".")]
    [InlineData("server-memory", "")]
    public async Task A_wrapped_server_answers_as_without_the_wrapper(string server, string argument)
    {
        var tools = await McpTools.GetAsync();
        string[] command = [tools.Node, tools.Entry(server), .. argument.Length > 0 ? [argument] : Array.Empty<string>()];
        var folder = _program.At("data");

        Directory.CreateDirectory(folder);
        var direct = await ClientAsync(tools, folder, command);
        Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        var wrapped = await ClientAsync(tools, folder, [PosternProcess.Executable, "mcp", "proxy", "--home", _program.Home, "--env", "MEMORY_FILE_PATH", "--", .. command]);

        Assert.Equal(direct, wrapped);
        await VerifyAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_over_HTTP_answers_as_without_the_firewall(bool listens)
    {
        var tools = await McpTools.GetAsync();
        await using var server = await EverythingAsync(tools);
        var url = server.Url;
        await using var listener = listens ? await ListenAsync(url) : null;

        var direct = await ClientAsync(tools, _program.Directory, [url]);
        var through = await ClientAsync(tools, _program.Directory, listener is not null ? [listener.Url] : [PosternProcess.Executable, "mcp", "proxy", "--home", _program.Home, "--upstream", url]);

        Assert.Equal(direct, through);
    }

    [Fact]
    public async Task A_leak_in_a_call_is_a_result_that_the_model_reads()
    {
        var tools = await McpTools.GetAsync();
        string[] command = [PosternProcess.Executable, "mcp", "proxy", "--home", _program.Home, "--", tools.Node, tools.Entry("server-everything"), "stdio"];

        var said = await ClientAsync(tools, _program.Directory, command, ("LEAK", s_secret));

        var leak = said.Split('\n').Single(static line => line.StartsWith("leak: ", StringComparison.Ordinal));
        Assert.Contains("\"isError\":true", leak, StringComparison.Ordinal);
        Assert.Contains("secret.aws", leak, StringComparison.Ordinal);
        Assert.DoesNotContain(s_secret, leak, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2025-11-25", "2 passed, 0 failed")]
    [InlineData("2026-07-28", "1 passed, 1 failed")]
    public async Task The_conformance_tool_counts_the_same_with_and_without(string revision, string rebinding)
    {
        var tools = await McpTools.GetAsync();
        await using var server = await EverythingAsync(tools);
        await using var listener = await ListenAsync(server.Url);

        var direct = await ConformanceAsync(tools, server.Url, revision);
        var through = await ConformanceAsync(tools, listener.Url, revision);

        // The server behind does not look at the Origin; the listener in front of it does.
        Assert.NotEmpty(direct);
        Assert.Equal(direct.Where(IsComparable), through.Where(IsComparable));
        Assert.EndsWith(rebinding, Assert.Single(through, IsRebinding), StringComparison.Ordinal);
        Assert.Equal(await PollingAsync(tools, server.Url), await PollingAsync(tools, listener.Url));
    }

    [Theory]
    [InlineData("stdio")]
    [InlineData("bridge")]
    [InlineData("listener")]
    public async Task The_inspector_sees_the_same_server(string way)
    {
        var tools = await McpTools.GetAsync();
        await using var server = way == "stdio" ? null : await EverythingAsync(tools);
        await using var listener = way == "listener" ? await ListenAsync(server!.Url) : null;
        string[] command = [tools.Node, tools.Entry("server-everything"), "stdio"];
        string[] proxy = [PosternProcess.Executable, "mcp", "proxy", "--home", _program.Home];
        var (direct, through) = way switch
        {
            "stdio" => (Entry(command), Entry([.. proxy, "--", .. command])),
            "bridge" => (Entry(server!.Url), Entry([.. proxy, "--upstream", server.Url])),
            _ => (Entry(server!.Url), Entry(listener!.Url)),
        };

        foreach (var call in new string[][] { ["--method", "tools/list"], ["--tool-arg", "message=hi", "--method", "tools/call", "--tool-name", "echo"] })
        {
            var expected = await InspectorAsync(tools, direct, call);
            Assert.Contains("echo", expected, StringComparison.OrdinalIgnoreCase);
            Assert.Equal(expected, await InspectorAsync(tools, through, call));
        }
    }

    [Fact]
    public async Task Says_how_the_server_ended()
    {
        Assert.Equal(0, (await _program.RunAsync("mcp", "proxy", "--", "/bin/cat")).ExitCode);
        Assert.Equal(10, (await _program.RunAsync("mcp", "proxy", "--", "/bin/sh", "-c", "exit 3")).ExitCode);
        Assert.Equal(10, (await _program.RunAsync("mcp", "proxy", "--", "/no/such/server")).ExitCode);
        Assert.Equal(2, (await _program.RunAsync("mcp", "proxy")).ExitCode);
        Assert.Equal(2, (await _program.RunAsync("mcp", "proxy", "--upstream", "ftp://x")).ExitCode);
    }

    [Fact]
    public async Task Passes_on_no_variable_that_was_not_named()
    {
        _program.Environment["AGENTS_KEY"] = "k";
        _program.Environment["NAMED"] = "n";

        var outcome = await _program.RunAsync("mcp", "proxy", "--env", "NAMED", "--env", "SET=s", "--", "/bin/sh", "-c", "env >&2; cat >/dev/null");

        var names = outcome.Errors.Split('\n').Select(static line => line.Split('=')[0]).ToHashSet();
        Assert.Subset(names, new HashSet<string> { "PATH", "HOME", "NAMED", "SET" });
        Assert.DoesNotContain("AGENTS_KEY", names);
        Assert.DoesNotContain("POSTERN_HOME", names);
    }

    [Fact]
    public async Task Half_a_line_of_a_server_that_dies_is_not_passed_on()
    {
        var outcome = await _program.RunAsync("mcp", "proxy", "--", "/bin/sh", "-c", "printf '{\"jsonrpc\":\"2.0\",\"method\":\"notifications/a\"}\\n{\"jsonrpc\":\"2.0\",'; exit 1");

        Assert.Equal((10, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/a\"}\n"), (outcome.ExitCode, outcome.Output));
    }

    /// <summary>The polling scenario counts each event that it happened to see as a check: its counts differ from one direct run to the next, its verdicts do not.</summary>
    private static bool IsComparable(string line) => !IsRebinding(line) && !line.Contains("server-sse-polling", StringComparison.Ordinal);

    private static bool IsRebinding(string line) => line.Contains("dns-rebinding-protection", StringComparison.Ordinal);

    private static async Task<McpServerProcess> EverythingAsync(McpTools tools)
    {
        var port = Ports.Free();
        var start = new ProcessStartInfo(tools.Node, [tools.Entry("server-everything"), "streamableHttp"]);
        start.Environment["PORT"] = port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return new McpServerProcess(await BackgroundProcess.StartAsync(start, "listening on port"), $"http://localhost:{port}/mcp");
    }

    private async Task<McpServerProcess> ListenAsync(string upstream)
    {
        var start = new ProcessStartInfo(PosternProcess.Executable, ["mcp", "proxy", "--home", _program.Home, "--listen", "127.0.0.1:0", "--upstream", upstream]);
        var process = await BackgroundProcess.StartAsync(start, Listening);
        var address = process.ReadyLine.Split(Listening)[1].Split(' ')[0];
        return new McpServerProcess(process, $"http://{address}/mcp");
    }

    private static async Task<string> ClientAsync(McpTools tools, string folder, string[] server, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(tools.Node, [tools.Client, .. server]) { WorkingDirectory = folder };
        start.Environment["MEMORY_FILE_PATH"] = Path.Combine(Directory.CreateTempSubdirectory("postern-mcp-").FullName, "memory.json");
        start.Environment["ANYTHING"] = Path.Combine(folder, "thing");
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var (code, said) = await RunAsync(start);
        Assert.True(code == 0, said);
        Assert.Contains("tools: ", said, StringComparison.Ordinal);
        return Moments().Replace(said, "T");
    }

    /// <summary>What the tool says of each scenario, with its counts.</summary>
    private static async Task<string[]> ConformanceAsync(McpTools tools, string url, string revision)
    {
        var (_, said) = await RunAsync(new ProcessStartInfo(tools.Node, [tools.Conformance, "server", "--url", url, "--requirements", revision]));
        return [.. said.Split('\n').Where(static line => line.Contains(" passed, ", StringComparison.Ordinal) && !line.StartsWith("Total", StringComparison.Ordinal))];
    }

    /// <summary>What the polling scenario says of the server, without what it tells of single events.</summary>
    private static async Task<string[]> PollingAsync(McpTools tools, string url)
    {
        var (_, said) = await RunAsync(new ProcessStartInfo(tools.Node, [tools.Conformance, "server", "--url", url, "--scenario", "server-sse-polling"]));
        string[] verdicts = [.. Verdicts().Matches(Colours().Replace(said, "")).Select(static match => match.Value)];
        Assert.NotEmpty(verdicts);
        return verdicts;
    }

    private static string Entry(string url) => JsonSerializer.Serialize(new { mcpServers = new { s = new { type = "streamable-http", url } } });

    private static string Entry(string[] command) => JsonSerializer.Serialize(new { mcpServers = new { s = new { type = "stdio", command = command[0], args = command[1..] } } });

    private async Task<string> InspectorAsync(McpTools tools, string entry, string[] call)
    {
        var config = _program.Write("servers.json", entry);
        var start = new ProcessStartInfo(tools.Node, [tools.Inspector, "--config", config, "--server", "s", .. call]);
        start.Environment["HOME"] = _program.Directory;
        var (code, said) = await RunAsync(start);
        Assert.True(code == 0, said);
        return said;
    }

    private static async Task<(int Code, string Said)> RunAsync(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        try
        {
            var errors = process.StandardError.ReadToEndAsync(patience.Token);
            var said = await process.StandardOutput.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, process.ExitCode == 0 ? said : said + await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private async Task VerifyAsync()
    {
        var verified = await _program.RunAsync("evidence", "verify", Path.Combine(_program.Home, "evidence"));
        Assert.True(verified.ExitCode == 0, verified.All);
    }

    [GeneratedRegex("server-sse-[a-z-]+ *\\] *[A-Z]+")]
    private static partial Regex Verdicts();

    [GeneratedRegex("\u001b\\[[0-9;]*m")]
    private static partial Regex Colours();

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT[\d:.]+Z|\d+:\d\d:\d\d( [AP]M)?|[0-9a-f]{8}-[0-9a-f-]{27}")]
    private static partial Regex Moments();
}
