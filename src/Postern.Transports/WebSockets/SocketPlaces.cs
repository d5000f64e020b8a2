using Postern.Engine.Configuration.Sections;
using Postern.Engine.Flow;

namespace Postern.Transports.WebSockets;

/// <summary>The WebSockets that are open on one listener.</summary>
internal sealed class SocketPlaces
{
    private int _open;

    /// <summary>Takes a place, or says why there is none; before anything is dialled.</summary>
    public SocketPlace Take(WebSocketProxySection policy)
    {
        if (!policy.Enabled)
        {
            return new SocketPlace(null, Obstacle.UnknownUpgrade);
        }

        if (Interlocked.Increment(ref _open) <= policy.MaxConcurrentConnections)
        {
            return new SocketPlace(this, Obstacle.None);
        }

        Leave();
        return new SocketPlace(null, Obstacle.TooManyWebSockets);
    }

    /// <summary>Gives a place back.</summary>
    internal void Leave() => Interlocked.Decrement(ref _open);
}
