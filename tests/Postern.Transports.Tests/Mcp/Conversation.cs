using System.Net;
using System.Text;
using System.Text.Json;
using Postern.Engine.Flow;
using Postern.Engine.Inspection;
using Postern.Engine.Monitoring;
using Postern.Engine.Policy;
using Postern.Transports.Mcp;
using Postern.Transports.Resolving;
using Postern.Transports.Tests.Conformance;

namespace Postern.Transports.Tests.Mcp;

/// <summary>A client and a server with the gate between them, and no wire.</summary>
internal sealed class Conversation
{
    private readonly RpcGate _up;
    private readonly RpcGate _down;

    public Conversation(string yaml = "")
    {
        var resolver = new SystemResolver(TimeProvider.System, static (_, _) => Task.FromResult<IPAddress[]>([]));
        var inspector = new Inspector(new InspectorSeams(Evidence, new InProcessSessions(), resolver, Switch, Switch, TimeProvider.System, new byte[32]));
        var policy = new PolicySnapshot(1, "test", TestPolicies.Default(yaml));
        Session = new RpcSession(() => new Exchange("test", "mcp-stdio", policy) { Server = "test" });
        _up = new RpcGate(inspector, Session, new RpcEnds(Direction.Outbound) { To = Server, Back = Client });
        _down = new RpcGate(inspector, Session, new RpcEnds(Direction.Inbound) { To = Client, Back = Server });
    }

    public FaultyEvidence Evidence { get; } = new();

    public Switch Switch { get; } = new();

    public RpcSession Session { get; }

    public Wire Client { get; } = new();

    public Wire Server { get; } = new();

    public Task ClientSaysAsync(string text) => ClientSaysAsync(Encoding.UTF8.GetBytes(text));

    public async Task ClientSaysAsync(byte[] text) => await _up.PassAsync(RpcFrame.Of(text), text, CancellationToken.None);

    public async Task ClientSaysTooMuchAsync(RpcId id) => await _up.PassAsync(RpcFrame.TooLong(id), default, CancellationToken.None);

    public async Task ServerSaysAsync(string text) => await _down.PassAsync(RpcFrame.Of(Encoding.UTF8.GetBytes(text)), Encoding.UTF8.GetBytes(text), CancellationToken.None);

    /// <summary>What Postern itself said last.</summary>
    public static JsonElement Own(Wire wire)
    {
        Assert.StartsWith("postern ", wire.Heard[^1], StringComparison.Ordinal);
        return JsonDocument.Parse(wire.Heard[^1]["postern ".Length..]).RootElement;
    }
}
