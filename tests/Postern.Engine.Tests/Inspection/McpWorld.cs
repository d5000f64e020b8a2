using System.Text;
using Postern.Engine.Configuration;
using Postern.Engine.Detection.Tools.Definitions;
using Postern.Engine.Flow;
using Postern.Engine.Inspection;
using Postern.Engine.Mcp;
using Postern.Engine.Monitoring;
using Postern.Engine.Policy;

namespace Postern.Engine.Tests.Inspection;

/// <summary>MCP messages of one agent and its servers, before an inspector that remembers what was listed.</summary>
internal sealed class McpWorld
{
    private readonly TestWorld _world;
    private Inspector? _inspector;

    public McpWorld(string yaml = "", IPinStore? pins = null)
    {
        _world = new TestWorld(yaml);
        Pins = pins ?? new PinsInMemory();
    }

    public IPinStore Pins { get; }

    public IPinStore Baselines { get; init; } = new PinsInMemory();

    public TestWorld World => _world;

    /// <summary>The tool list of a server.</summary>
    public Task<Refused?> ListAsync(string tools, string server = "server") =>
        RuleAsync($$$"""{"jsonrpc":"2.0","id":1,"result":{"tools":[{{{tools}}}]}}""", server, new MessageFacts(MessageKind.Rpc, Direction.Inbound)
        {
            Mcp = new McpFacts(RpcShape.Result) { Method = "tools/list"u8.ToArray() },
        });

    public Task<Refused?> CallAsync(string tool, string arguments, string server = "server") =>
        RuleAsync($$$"""{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"{{{tool}}}","arguments":{{{arguments}}}}}""", server, new MessageFacts(MessageKind.Rpc, Direction.Outbound)
        {
            Mcp = new McpFacts(RpcShape.Request) { Method = "tools/call"u8.ToArray(), Tool = Encoding.UTF8.GetBytes(tool) },
        });

    public static string Tool(string name, string description, string schema = """{"type":"object"}""") =>
        $$"""{"name":"{{name}}","description":"{{description}}","inputSchema":{{schema}}}""";

    private async Task<Refused?> RuleAsync(string json, string server, MessageFacts facts)
    {
        var message = TestWorld.Body(json, facts with { Content = ContentKind.Json, Whole = true });
        var exchange = new Exchange("tester", "mcp-stdio", new PolicySnapshot(1, "hash", _world.Policy)) { Server = server };
        _inspector ??= new Inspector(new InspectorSeams(_world, new InProcessSessions(), _world, _world, _world, TimeProvider.System, new byte[32]) { Pins = Pins, Baselines = Baselines });
        var ruling = await _inspector.InspectAsync(exchange, message, TestContext.Current.CancellationToken);
        Findings = [.. ruling.Findings.Select(static finding => finding.Rule.Id)];
        Details = [.. ruling.Findings.Select(static finding => finding.Detail ?? "")];
        if (ruling.TryClear(out var cleared, out var refused))
        {
            cleared.Take().Dispose();
            return null;
        }

        message.Dispose();
        return refused;
    }

    /// <summary>The rules of the last ruling.</summary>
    public string[] Findings { get; private set; } = [];

    /// <summary>What they said besides.</summary>
    public string[] Details { get; private set; } = [];
}
