using System.Text.Json;

namespace Postern.Blackbox.Tests.Clients;

/// <summary>A wrapped server that answers every call, and an agent whose calls add up to a leak.</summary>
public sealed class ToolChainTests : IDisposable
{
    /// <summary>Answers each request by its id.</summary>
    private const string Server = """sed -u 's/.*"id":\([0-9]*\).*/{"jsonrpc":"2.0","id":\1,"result":{"content":[{"type":"text","text":"done"}]}}/'""";

    private readonly PosternProcess _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task Reading_a_database_picturing_it_and_uploading_the_picture_is_refused_at_the_last_call()
    {
        var answers = await PlayAsync(("run_query", """{"sql":"SELECT * FROM customers WHERE id = 7"}"""), ("take_screenshot", """{"url":"https://example.com/row/7"}"""), ("upload_file", """{"path":"shot.png"}"""));

        Assert.Equal("done", TextOf(answers[1]));
        Assert.Equal("done", TextOf(answers[2]));
        Assert.True(answers[3].GetProperty("isError").GetBoolean());
        Assert.Contains("session.chain.database-screenshot-upload", answers[3].GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_calls_in_another_order_pass()
    {
        var answers = await PlayAsync(("upload_file", """{"path":"shot.png"}"""), ("take_screenshot", """{"url":"https://example.com/row/7"}"""), ("run_query", """{"sql":"SELECT 1"}"""));

        Assert.All(answers.Values, answer => Assert.Equal("done", TextOf(answer)));
    }

    [Fact]
    public async Task What_was_let_pass_and_what_was_refused_is_evidence()
    {
        await PlayAsync(("take_screenshot", "{}"), ("upload_file", """{"path":"shot.png"}"""));

        var shown = await _program.RunAsync("evidence", "show", "--home", _program.Home);
        Assert.Contains("session.chain.screenshot-upload", shown.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await _program.RunAsync("evidence", "verify", Path.Combine(_program.Home, "evidence"), "--home", _program.Home)).ExitCode);
    }

    /// <summary>The four ways out of one task: the wire, the page, the chain, the document.</summary>
    [Fact]
    public async Task A_row_with_a_key_an_admin_page_a_picture_of_a_row_and_a_PDF_are_each_refused_by_their_own_rule()
    {
        _program.Write("postern.yaml", """
            mcp_tool_policy:
              rules:
                - { name: Admin pages, tool_pattern: "take_screenshot", arg_key: url, arg_pattern: "^https?://[^/]+/admin" }
                - { name: Documents, tool_pattern: "fetch.*", arg_key: url, arg_pattern: "[.]pdf([?#]|$)" }
            """);
        var answers = await PlayAsync(
            ("send_report", "{\"text\":\"row 7: " + "AKIA" + "Q3EGRZKW" + "V5N7YT2P\"}"),
            ("take_screenshot", """{"url":"https://app.example/admin/users"}"""),
            ("fetch", """{"url":"https://files.example/paper.pdf?v=2"}"""),
            ("run_query", """{"sql":"SELECT * FROM customers WHERE id = 7"}"""),
            ("take_screenshot", """{"url":"https://app.example/row/7"}"""),
            ("upload_file", """{"path":"shot.png"}"""));

        string[] rules = ["secret.aws", "tool.user.admin-pages", "tool.user.documents", "", "", "session.chain.database-screenshot-upload"];
        Assert.All(rules.Index(), row => Assert.Contains(row.Item.Length > 0 ? "rule: " + row.Item : "done", TextOf(answers[row.Index + 1]), StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_usual_when_the_baseline_was_locked_passes_and_nothing_else()
    {
        _program.Write("postern.yaml", "behavioral_baseline: {enabled: true, deviation_action: block}\n");
        await PlayAsync(("add", """{"a":1}"""));
        Assert.Contains("echo  observing\n  add\n    argument a: number\n", (await _program.RunAsync("mcp", "baseline", "show", "--home", _program.Home)).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await _program.RunAsync("mcp", "baseline", "lock", "echo", "--home", _program.Home)).ExitCode);

        var answers = await PlayAsync(("add", """{"a":2}"""), ("add", """{"a":"two"}"""), ("remove", """{"a":2}"""));
        Assert.Equal("done", TextOf(answers[1]));
        Assert.All([2, 3], id => Assert.Contains("session.baseline.deviation", TextOf(answers[id]), StringComparison.Ordinal));

        Assert.Equal(0, (await _program.RunAsync("mcp", "baseline", "clear", "echo", "--home", _program.Home)).ExitCode);
        Assert.Equal("done", TextOf((await PlayAsync(("remove", """{"a":2}""")))[1]));
        Assert.Equal(2, (await _program.RunAsync("mcp", "baseline", "lock", "other", "--home", _program.Home)).ExitCode);
    }

    private async Task<Dictionary<int, JsonElement>> PlayAsync(params (string Tool, string Arguments)[] calls)
    {
        var input = string.Concat(calls.Select((call, i) => $$$"""{"jsonrpc":"2.0","id":{{{i + 1}}},"method":"tools/call","params":{"name":"{{{call.Tool}}}","arguments":{{{call.Arguments}}}}}""" + "\n"));
        var outcome = await _program.RunWithAsync(input, "mcp", "proxy", "--home", _program.Home, "--name", "echo", "--", "sh", "-c", Server);
        return outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(static line => JsonDocument.Parse(line).RootElement)
            .ToDictionary(static answer => answer.GetProperty("id").GetInt32(), static answer => answer.GetProperty("result"));
    }

    private static string? TextOf(JsonElement result) => result.GetProperty("content")[0].GetProperty("text").GetString();
}
