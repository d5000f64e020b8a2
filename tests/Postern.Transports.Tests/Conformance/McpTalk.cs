using System.IO.Pipelines;
using System.Text.Json;
using Postern.Transports.Mcp;

namespace Postern.Transports.Tests.Conformance;

/// <summary>A session over standard input and output with a server that returns what it is called with.</summary>
internal sealed class McpTalk : ITalk
{
    private readonly Pipe _up = new();
    private readonly Pipe _down = new();
    private readonly CancellationTokenSource _gone = new();
    private readonly StreamReader _answers;
    private int _lastId;

    private readonly Func<string, object> _parameters;

    /// <summary>Begins a session that <paramref name="run"/> carries to its end.</summary>
    /// <param name="run">Carries it.</param>
    /// <param name="parameters">What the server is called with so that it returns a text; by default what a server returns that returns its parameters.</param>
    public McpTalk(Func<StdioWire, CancellationToken, Task> run, Func<string, object>? parameters = null)
    {
        _parameters = parameters ?? (static text => new { name = "echo", content = new[] { new { type = "text", text } } });
        FarEnd = run(new StdioWire { FromAgent = _up.Reader.AsStream(), ToAgent = _down.Writer.AsStream() }, _gone.Token);
        _answers = new StreamReader(_down.Reader.AsStream());
    }

    public Task FarEnd { get; }

    public async Task<string?> CarryAsync(string text)
    {
        var id = ++_lastId;
        var call = new { jsonrpc = "2.0", id, method = "tools/call", @params = _parameters(text) };
        await _up.Writer.WriteAsync((byte[])[.. JsonSerializer.SerializeToUtf8Bytes(call), (byte)'\n']);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var line = await _answers.ReadLineAsync(patience.Token);
        using var answer = JsonDocument.Parse(line!);
        Assert.Equal(id, answer.RootElement.GetProperty("id").GetInt32());
        return answer.RootElement.TryGetProperty("result", out var result) && !result.TryGetProperty("isError", out _)
            ? result.GetProperty("content")[0].GetProperty("text").GetString()
            : null;
    }

    public async ValueTask DisposeAsync()
    {
        await _up.Writer.CompleteAsync();
        await FarEnd.WaitAsync(TimeSpan.FromSeconds(20));
        _gone.Dispose();
        _answers.Dispose();
    }
}
