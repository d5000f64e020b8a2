using System.Text;
using Postern.Engine.Flow;
using Postern.Engine.Inspection;
using Postern.Engine.Mcp;
using Postern.Engine.Monitoring;
using Postern.Engine.Policy;
using Postern.Engine.Tests.Inspection;

namespace Postern.Engine.Tests.Monitoring.Adaptive;

/// <summary>A session that a test lets be up to something.</summary>
internal sealed class Suspect
{
    private const string Secret = "AKIAQ3EGTESTKEYD4FGH";

    public Suspect(string adaptive = "", string more = "")
    {
        World = new TestWorld($"adaptive_enforcement: {{ enabled: true, {adaptive} }}\nfetch_proxy: {{ monitoring: {{ max_requests_per_minute: 0 }} }}\n{more}", time: Clock);
        States = new SessionStates(World.Sessions, Clock);
    }

    public ManualClock Clock { get; } = new();

    public TestWorld World { get; }

    public SessionStates States { get; }

    public async Task<SessionStanding> StandingAsync() => (await States.OfAsync("tester", World.Policy, TestContext.Current.CancellationToken))!.Value;

    public Task<Refused?> CleanAsync(string method = "GET") => World.RuleAsync(World.Exchange(), TestWorld.Request("https://example.com/", method));

    public Task<Refused?> LeakAsync() => World.RuleAsync(World.Exchange(), TestWorld.Request($"https://example.com/?key={Secret}"));

    public async Task LeakAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            Assert.NotNull(await LeakAsync());
        }
    }

    /// <summary>A name that does not resolve: nobody's attack.</summary>
    public Task<Refused?> MissAsync() => World.RuleAsync(World.Exchange(), TestWorld.Request("https://nowhere.invalid/"));

    public Task<Refused?> AnswerAsync() => World.RuleAsync(World.Exchange(), TestWorld.Body("fine", new MessageFacts(MessageKind.BodyWindow, Direction.Inbound) { Content = ContentKind.Text }));

    public Task<Refused?> ConnectAsync(bool isRead)
    {
        using var writer = new MessageWriter();
        writer.Add(PartKind.Method, "CONNECT");
        writer.Add(PartKind.Url, "example.com:443");
        var exchange = World.Exchange();
        exchange.ReadsTunnel = isRead;
        return World.RuleAsync(exchange, writer.Seal(new MessageFacts(MessageKind.Connect, Direction.Outbound)));
    }

    public Task<Refused?> CallAsync(string tool, string arguments) => World.RuleAsync(
        new Exchange("tester", "mcp-stdio", new PolicySnapshot(1, "hash", World.Policy)) { Server = "files" },
        TestWorld.Body($$$"""{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"{{{tool}}}","arguments":{{{arguments}}}}}""", new MessageFacts(MessageKind.Rpc, Direction.Outbound)
        {
            Content = ContentKind.Json,
            Whole = true,
            Mcp = new McpFacts(RpcShape.Request) { Method = "tools/call"u8.ToArray(), Tool = Encoding.UTF8.GetBytes(tool) },
        }));
}
