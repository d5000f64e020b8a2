using Microsoft.AspNetCore.Connections;

namespace Postern.Transports.Http.Connect;

/// <summary>Runs a tunnel from its decision to its end, whichever way it was asked for.</summary>
internal sealed class TunnelServing(ITunnelGate gate, TunnelLimits limits, TimeProvider clock)
{
    private readonly TunnelInterception _interception = new(limits, clock);
    private readonly TunnelRelaying _relaying = new(limits, clock);

    /// <summary>Decides, answers, and carries what the decision lets pass.</summary>
    public async Task RunAsync(ConnectionContext connection, ConnectRequest request, ITunnelWords words, ConnectionDelegate next)
    {
        var start = clock.GetTimestamp();
        var decision = await gate.DecideAsync(request, connection, connection.ConnectionClosed).ConfigureAwait(false);
        var release = new TunnelRelease(connection.Transport, words);
        if (decision is TunnelRefusal refusal)
        {
            await release.RefuseAsync(refusal.Reply).ConfigureAwait(false);
            return;
        }

        var opened = decision as OpenedTunnel ?? throw new InvalidOperationException("The gate made no decision.");
        var reason = TunnelEndReason.Failed;
        try
        {
            reason = opened switch
            {
                InterceptTunnel intercept => await _interception.RunAsync(connection, intercept, release, next).ConfigureAwait(false),
                RelayTunnel relay => await _relaying.RunAsync(connection, relay, release).ConfigureAwait(false),
                _ => throw new InvalidOperationException("A tunnel is read or relayed."),
            };
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            reason = TunnelEndReason.ConnectionLost;
        }
        finally
        {
            var end = new TunnelEnd(reason, release.BytesUp, release.BytesDown, clock.GetElapsedTime(start));
            await gate.EndedAsync(opened, end).ConfigureAwait(false);
        }
    }

    /// <summary>Answers bytes that ask for nothing that could be decided about.</summary>
    public async Task RejectAsync(ConnectionContext connection, TunnelWay way, ConnectFault fault, ITunnelWords words)
    {
        var refusal = await gate.RejectAsync(way, fault, connection, connection.ConnectionClosed).ConfigureAwait(false);
        await new TunnelRelease(connection.Transport, words).RefuseAsync(refusal.Reply).ConfigureAwait(false);
    }
}
