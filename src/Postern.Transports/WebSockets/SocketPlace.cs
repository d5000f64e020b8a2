using Postern.Engine.Flow;

namespace Postern.Transports.WebSockets;

/// <summary>The place of one WebSocket, from its request to its end.</summary>
/// <param name="from">Where it was taken; null when there was none.</param>
/// <param name="obstacle">Why there was none.</param>
internal sealed class SocketPlace(SocketPlaces? from, Obstacle obstacle) : IDisposable
{
    /// <summary>Why there was none.</summary>
    public Obstacle Obstacle => obstacle;

    /// <inheritdoc/>
    public void Dispose() => from?.Leave();
}
