using System.Net;
using Microsoft.AspNetCore.Connections;
using Postern.Engine.Evidence;
using Postern.Engine.Flow;

namespace Postern.Transports.Http.Peers;

/// <summary>
/// Ties connections from this machine to the processes behind them, once per connection. A search that takes long is not waited for;
/// its answer stands in the later records of the connection.
/// </summary>
/// <param name="find">Finds the process by the client's address and the one it reached; null when there is none. Called by several threads.</param>
/// <param name="time">The clock.</param>
public sealed class PeerLookup(Func<IPEndPoint, IPEndPoint, PeerProcess?> find, TimeProvider time)
{
    /// <summary>How long the first bytes of a connection wait for the answer.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(5);

    /// <summary>Searches for a process that was not seen lately cost milliseconds: of more connections than this nobody asks.</summary>
    private readonly TokenBucket _searches = new(perMinute: 6000, burst: 200, time);

    /// <summary>The middleware, for a listener's connections.</summary>
    public ConnectionDelegate Bind(ConnectionDelegate next) => async connection =>
    {
        if (connection is { RemoteEndPoint: IPEndPoint client, LocalEndPoint: IPEndPoint server } && IsOfThisMachine(client, server) && _searches.TryTake(out _))
        {
            var peer = new PeerConnection();
            connection.Features.Set(peer);
            var search = Task.Run(() => peer.Process = find(client, server), CancellationToken.None);
            await Task.WhenAny(search, Task.Delay(s_patience, time, CancellationToken.None)).ConfigureAwait(false);
        }

        await next(connection).ConfigureAwait(false);
    };

    private static bool IsOfThisMachine(IPEndPoint client, IPEndPoint server) => IPAddress.IsLoopback(client.Address) || client.Address.Equals(server.Address);
}
