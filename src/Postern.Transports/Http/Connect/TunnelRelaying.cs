using Microsoft.AspNetCore.Connections;
using Postern.Engine.Inspection;
using Postern.Transports.Http.Tls;

namespace Postern.Transports.Http.Connect;

/// <summary>Opens a tunnel whose bytes are not read: dials, answers, checks the server name, then pumps.</summary>
internal sealed class TunnelRelaying(TunnelLimits limits, TimeProvider clock)
{
    /// <summary>Runs the tunnel to its end.</summary>
    public async Task<TunnelEndReason> RunAsync(ConnectionContext connection, RelayTunnel tunnel, TunnelRelease release)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed, tunnel.Halt);
        // Dialled before the 200: a client that is told of an open tunnel has one.
        var dial = await tunnel.Target.DialAsync(gone.Token).ConfigureAwait(false);
        if (dial.Refusal is { } refusal)
        {
            await release.RefuseAsync(refusal).ConfigureAwait(false);
            return TunnelEndReason.DialRefused;
        }

        var upstream = dial.Upstream!;
        await using (upstream.ConfigureAwait(false))
        {
            await release.EstablishAsync().ConfigureAwait(false);
            (var admitted, var objection) = await AdmitAsync(connection, tunnel).ConfigureAwait(false);
            if (admitted is not { } cleared)
            {
                return objection;
            }

            using var deadline = new TunnelDeadline(clock, limits, tunnel.Halt);
            var reason = await release.RelayAsync(cleared, upstream, deadline).ConfigureAwait(false);
            if (reason is not (TunnelEndReason.ClientClosed or TunnelEndReason.UpstreamClosed))
            {
                connection.Abort(new ConnectionAbortedException("The tunnel was ended."));
            }

            return reason;
        }
    }

    private async ValueTask<(Cleared? Admitted, TunnelEndReason Objection)> AdmitAsync(ConnectionContext connection, RelayTunnel tunnel)
    {
        using var timeout = new CancellationTokenSource(limits.Opening, clock);
        using var halt = tunnel.Halt.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), timeout);
        (var opening, var reason) = await TunnelOpener.PeekAsync(connection.Transport.Input, timeout.Token).ConfigureAwait(false);
        if (opening is null)
        {
            return (null, tunnel.Halt.IsCancellationRequested ? TunnelEndReason.Halted : reason);
        }

        if (opening.Hello?.ServerName is { } name && !ServerNameMatch.IsSame(name, tunnel.Host))
        {
            return (null, TunnelEndReason.ServerNameMismatch);
        }

        return (await tunnel.Target.AdmitAsync(opening, tunnel.Halt).ConfigureAwait(false), TunnelEndReason.NotAdmitted);
    }
}
