using Postern.Engine.Flow;

namespace Postern.Transports.Http;

/// <summary>Carries an obstacle out of a stream that can only throw; turned into a message with that obstacle at once.</summary>
internal sealed class ObstacleException(Obstacle obstacle) : IOException("The body cannot be inspected: " + obstacle + ".")
{
    /// <summary>What stood in the way.</summary>
    public Obstacle Obstacle { get; } = obstacle;
}
