using Postern.Engine.Flow;

namespace Postern.Transports.Http;

/// <summary>What the head of a response says about its body.</summary>
internal readonly record struct ResponseFacts(Obstacle Obstacles, string? ContentType, string? ContentEncoding, long? ContentLength)
{
    /// <summary>False for answers to HEAD and for the statuses that have no body.</summary>
    public bool HasBody { get; init; }
}
