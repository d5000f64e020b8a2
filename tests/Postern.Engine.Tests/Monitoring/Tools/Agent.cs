using System.Text;
using System.Text.Json;
using Postern.Engine.Flow;
using Postern.Engine.Inspection;
using Postern.Engine.Mcp;
using Postern.Engine.Policy;
using Postern.Engine.Tests.Inspection;

namespace Postern.Engine.Tests.Monitoring.Tools;

/// <summary>An agent that calls tools of servers through one inspector.</summary>
internal sealed class Agent(string yaml = "")
{
    private readonly TestWorld _world = new(yaml);
    private int _lastId;
    private Exchange? _last;
    private ReadOnlyMemory<byte> _tool;

    public string Actor { get; init; } = "tester";

    public string Server { get; set; } = "files";

    /// <summary>Every rule that any record names, and no details.</summary>
    public string Evidence => _world.Evidence;

    public bool Approves
    {
        set => _world.Approves = value;
    }

    /// <summary>Plays calls and answers: <c>tool {json}</c>, and <c>&lt; text</c> for what the call before returned. The refusal of the last; the ones before must pass.</summary>
    public async Task<Refused?> PlayAsync(params string[] steps)
    {
        Refused? refused = null;
        foreach (var step in steps)
        {
            Assert.True(refused is null, $"refused before {step}: {refused?.Decisive?.Rule.Id} {refused?.Decisive?.Detail}");
            refused = step.StartsWith("< ", StringComparison.Ordinal)
                ? await AnswerAsync(step[2..])
                : step.Split(' ', 2) is [var tool, var arguments] ? await CallAsync(tool, arguments) : await CallAsync(step, null);
        }

        return refused;
    }

    public Task<Refused?> CallAsync(string tool, string? arguments)
    {
        _tool = Encoding.UTF8.GetBytes(tool);
        _last = new Exchange(Actor, "test", new PolicySnapshot(1, "hash", _world.Policy)) { Server = Server };
        var given = arguments is null ? "" : $$""","arguments":{{arguments}}""";
        return RuleAsync(RpcShape.Request, Direction.Outbound, $$$"""{"jsonrpc":"2.0","id":{{{++_lastId}}},"method":"tools/call","params":{"name":"{{{tool}}}"{{{given}}}}}""");
    }

    public Task<Refused?> AnswerAsync(string text, bool isError = false) =>
        RuleAsync(RpcShape.Result, Direction.Inbound, $$$"""{"jsonrpc":"2.0","id":{{{_lastId}}},"result":{"content":[{"type":"text","text":{{{JsonSerializer.Serialize(text)}}}}]{{{(isError ? ",\"isError\":true" : "")}}}}}""");

    private Task<Refused?> RuleAsync(RpcShape shape, Direction direction, string json) => _world.RuleAsync(_last!, TestWorld.Body(json, new MessageFacts(MessageKind.Rpc, direction)
    {
        Content = ContentKind.Json,
        Whole = true,
        Mcp = new McpFacts(shape) { Method = "tools/call"u8.ToArray(), Tool = _tool },
    }));
}
