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

    private async Task<Dictionary<int, JsonElement>> PlayAsync(params (string Tool, string Arguments)[] calls)
    {
        var input = string.Concat(calls.Select((call, i) => $$$"""{"jsonrpc":"2.0","id":{{{i + 1}}},"method":"tools/call","params":{"name":"{{{call.Tool}}}","arguments":{{{call.Arguments}}}}}""" + "\n"));
        var outcome = await _program.RunWithAsync(input, "mcp", "proxy", "--home", _program.Home, "--", "sh", "-c", Server);
        return outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(static line => JsonDocument.Parse(line).RootElement)
            .ToDictionary(static answer => answer.GetProperty("id").GetInt32(), static answer => answer.GetProperty("result"));
    }

    private static string? TextOf(JsonElement result) => result.GetProperty("content")[0].GetProperty("text").GetString();
}
