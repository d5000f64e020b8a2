using Postern.Engine.Flow;

namespace Postern.Transports.Http;

/// <summary>What the head of a request says about what follows.</summary>
internal readonly record struct RequestFacts(Obstacle Obstacles, string? ContentType, string? ContentEncoding);
