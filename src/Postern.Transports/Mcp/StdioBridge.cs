using System.Security.Cryptography.X509Certificates;
using Postern.Engine.Flow;
using Postern.Transports.Http;
using Postern.Transports.Mcp.Http;

namespace Postern.Transports.Mcp;

/// <summary>Lets an agent that speaks over standard input and output talk to a server over Streamable HTTP.</summary>
/// <param name="parts">The checkpoint and what stands around it.</param>
/// <param name="endpoint">The server's endpoint.</param>
public sealed class StdioBridge(McpParts parts, Uri endpoint)
{
    /// <summary>How long the end of a session may take.</summary>
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(2);

    /// <summary>Whose certificates the server may show; null trusts whom the system trusts.</summary>
    public X509ChainPolicy? UpstreamTrust { get; init; }

    /// <summary>How long dialling may take; default 10 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Runs until the agent closes its end.</summary>
    public async Task RunAsync(StdioWire wire, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(wire);
        using var upstream = new UpstreamRelease(ConnectTimeout, UpstreamTrust) { Own = parts.Headers };
        using var agent = new LineRelease(wire.ToAgent);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var checkpoint = new HttpCheckpoint(parts.Inspector, parts.Policies, upstream, parts.Time);
        var bridge = new BridgeParts(checkpoint, endpoint, Begin) { Over = over.Token };
        var gate = new BridgeGate(bridge, new RpcSession(Begin), agent);
        await new LinePump(wire.FromAgent, gate.PassAsync).RunAsync(cancel).ConfigureAwait(false);
        using var farewell = new CancellationTokenSource(s_farewell, parts.Time);
        try
        {
            await gate.CloseAsync(farewell.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // It forgets the session by itself.
        }

        await over.CancelAsync().ConfigureAwait(false);
        await gate.Stream.ConfigureAwait(false);
    }

    private Exchange Begin() => Callers.BeginExchange("mcp-bridge", parts);
}
