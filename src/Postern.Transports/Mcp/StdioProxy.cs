using Postern.Engine.Flow;
using Postern.Transports.Http;

namespace Postern.Transports.Mcp;

/// <summary>Wraps an MCP server that speaks over its standard input and output: both directions at once, message by message.</summary>
public sealed class StdioProxy(McpParts parts, ServerCommand command)
{
    /// <summary>How long the server may take to end after its input has: the TypeScript SDK grants as much.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    /// <summary>Runs until the agent closes its end or the server ends.</summary>
    /// <param name="wire">The agent.</param>
    /// <param name="cancel">Ends the session.</param>
    /// <returns>The server's exit code; 0 when it was ended from this side.</returns>
    /// <exception cref="System.ComponentModel.Win32Exception">The server cannot be started.</exception>
    public async Task<int> RunAsync(StdioWire wire, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(wire);
        using var server = new ServerRelease(command);
        using var agent = new LineRelease(wire.ToAgent);
        var session = new RpcSession(() => Callers.BeginExchange("mcp-stdio", parts));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var up = PumpAsync(wire.FromAgent, new RpcEnds(Direction.Outbound) { To = server, Back = agent });
        var down = PumpAsync(server.Output, new RpcEnds(Direction.Inbound) { To = agent, Back = server });
        await using var lost = stop.Token.Register(server.Close).ConfigureAwait(false);

        // When the agent has said all, the server may still answer; when the server is gone, nobody can.
        if (await Task.WhenAny(up, down, Cancelled(stop.Token)).ConfigureAwait(false) != down)
        {
            server.Close();
        }

        var code = await server.EndAsync(s_patience, CancellationToken.None).ConfigureAwait(false);
        await down.ConfigureAwait(false);
        return code;

        Task PumpAsync(Stream from, RpcEnds ends) => new LinePump(from, new RpcGate(parts.Inspector, session, ends).PassAsync).RunAsync(stop.Token);
    }

    private static Task Cancelled(CancellationToken cancel) => Task.Delay(Timeout.Infinite, cancel).ContinueWith(static _ => { }, TaskScheduler.Default);
}
