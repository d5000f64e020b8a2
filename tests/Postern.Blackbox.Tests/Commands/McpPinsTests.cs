using System.Text.Json;

namespace Postern.Blackbox.Tests.Commands;

/// <summary>Pins over several runs of a wrapped server, and recorded sessions.</summary>
public sealed class McpPinsTests : IDisposable
{
    private const string List = """{"jsonrpc":"2.0","id":1,"method":"tools/list"}""";

    private readonly PosternProcess _postern = new();

    [Fact]
    public async Task A_changed_tool_is_refused_until_it_is_approved()
    {
        Assert.Contains("Adds two", (await ListAsync("Adds two numbers.")).Output, StringComparison.Ordinal);
        Assert.Contains("Adds two", (await ListAsync("Adds two numbers.")).Output, StringComparison.Ordinal);
        for (var i = 0; i < 2; i++)
        {
            Assert.Contains("tool.definition.changed", (await ListAsync("Adds two numbers, for now.")).Output, StringComparison.Ordinal);
        }

        var list = await _postern.RunAsync("mcp", "pins", "list", "--home", _postern.Home);
        Assert.Equal(1, list.ExitCode);
        Assert.Contains("adder  1 pinned, 1 changed", list.Output, StringComparison.Ordinal);
        var show = await _postern.RunAsync("mcp", "pins", "show", "adder", "--home", _postern.Home);
        Assert.Contains("+ add.description: , for now", show.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await _postern.RunAsync("mcp", "pins", "approve", "adder", "tool:add", "--home", _postern.Home)).ExitCode);
        Assert.Contains("for now", (await ListAsync("Adds two numbers, for now.")).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await _postern.RunAsync("mcp", "pins", "revoke", "adder", "--home", _postern.Home)).ExitCode);
        Assert.Contains("Adds three", (await ListAsync("Adds three numbers.")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pins_that_were_tampered_with_refuse_the_list()
    {
        await ListAsync("Adds two numbers.");
        var file = Assert.Single(Directory.GetFiles(Path.Combine(_postern.Home, "pins"), "*.json"));
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).Replace("two", "six", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        Assert.Contains("tool.definition.pins-lost", (await ListAsync("Adds two numbers.")).Output, StringComparison.Ordinal);
        Assert.Equal(1, (await _postern.RunAsync("mcp", "pins", "list", "--home", _postern.Home)).ExitCode);
    }

    [Theory]
    [InlineData("block", 10)]
    [InlineData("warn", 0)]
    public async Task A_server_that_is_not_in_the_manifest_does_not_start(string action, int code)
    {
        _postern.Write("manifest.json", """{"version":1,"entries":{}}""");
        var config = _postern.Write("postern.yaml", $"mcp_binary_integrity: {{enabled: true, manifest_path: manifest.json, action: {action}}}\n");
        var outcome = await ListAsync("Adds two numbers.", "--config", config);
        Assert.Equal(code, outcome.ExitCode);
        Assert.Contains("is not in the manifest", outcome.All, StringComparison.Ordinal);
        Assert.Equal(code == 0, outcome.Output.Contains("Adds two", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_recorded_session_is_reported_line_by_line()
    {
        var session = List + "\n" + """
            {"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"add","description":"Adds."}]}}
            {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"add","arguments":{"command":"cat ~/.ssh/id_rsa"}}}
            {"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"sub","arguments":{}}}
            {"jsonrpc":"2.0","id":9,"result":{"tools":[{"name":"add","description":"Adds, and more."}]}}
            """;
        var outcome = await _postern.RunWithAsync(session, "mcp", "scan", "--json");
        Assert.Equal(1, outcome.ExitCode);
        var verdicts = outcome.Json.EnumerateArray().Select(static line => (line.GetProperty("line").GetInt32(), line.GetProperty("verdict").GetString(), line.TryGetProperty("rule", out var rule) ? rule.GetString() : "")).ToArray();
        Assert.Equal([(1, "allow", ""), (2, "allow", ""), (3, "block", "tool.file.credential-read"), (4, "warn", "tool.session.unlisted"), (5, "block", "tool.definition.changed")], verdicts);
        var text = await _postern.RunWithAsync(session, "mcp", "scan");
        Assert.Contains("5 messages, 2 would be refused", text.Output, StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public void Dispose() => _postern.Dispose();

    /// <summary>Lists the tools of a server that is a shell: one line in, one line out.</summary>
    private Task<Outcome> ListAsync(string description, params string[] options)
    {
        var answer = JsonSerializer.Serialize(description);
        const string Script = """read line; printf '%s\n' '{"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"add","description":TEXT}]}}'""";
        var script = Script.Replace("TEXT", answer, StringComparison.Ordinal);
        return _postern.RunWithAsync(List + "\n", ["mcp", "proxy", "--home", _postern.Home, "--name", "adder", .. options, "--", "/bin/sh", "-c", script]);
    }
}
