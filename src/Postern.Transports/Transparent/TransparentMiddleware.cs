using System.Net;
using Microsoft.AspNetCore.Connections;
using Postern.Transports.Http;
using Postern.Transports.Http.Connect;

namespace Postern.Transports.Transparent;

/// <summary>
/// Kestrel connection middleware for connections that the network sends here instead of where they were going. Asks for the tunnel that the
/// client would have asked for, had it known. One object serves all connections.
/// </summary>
/// <param name="tunnels">Runs the tunnels.</param>
/// <param name="opening">Waits for the first bytes.</param>
/// <param name="whither">Where a connection was going; null when it came on its own.</param>
internal sealed class TransparentMiddleware(TunnelServing tunnels, OpeningRead opening, Func<ConnectionContext, IPEndPoint?> whither)
{
    /// <summary>The middleware, for <c>ListenOptions.Use</c>.</summary>
    public ConnectionDelegate Bind(ConnectionDelegate next) => connection => RunAsync(connection, next);

    private async Task RunAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var first = new TransparentOpening();
        var answer = await opening.RunAsync(connection, isUnderWay: false, first.Look).ConfigureAwait(false);
        if (answer == FirstBytes.Gone)
        {
            return;
        }

        var words = new TransparentWords(first.IsHttp);
        if (answer is not FirstBytes.Head)
        {
            await RejectAsync(answer == FirstBytes.Late ? ConnectFault.Timeout : ConnectFault.Opening).ConfigureAwait(false);
        }
        else if (whither(connection) is not { } original || OwnDials.Contains(connection.RemoteEndPoint))
        {
            await RejectAsync(ConnectFault.Loop).ConfigureAwait(false);
        }
        else if (first.Authority(original) is not { } authority)
        {
            await RejectAsync(ConnectFault.HostMismatch).ConfigureAwait(false);
        }
        else if (!ConnectRequest.TryOf(TunnelWay.Transparent, authority, [], out var request))
        {
            await RejectAsync(ConnectFault.Authority).ConfigureAwait(false);
        }
        else
        {
            await tunnels.RunAsync(connection, request, words, next).ConfigureAwait(false);
        }

        Task RejectAsync(ConnectFault fault) => tunnels.RejectAsync(connection, TunnelWay.Transparent, fault, words);
    }
}
