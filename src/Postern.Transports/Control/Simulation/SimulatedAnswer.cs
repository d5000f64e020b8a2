namespace Postern.Transports.Control.Simulation;

/// <summary>What the simulated server says next.</summary>
/// <param name="ContentType">The media type.</param>
/// <param name="Text">The body; over a WebSocket the next message.</param>
public sealed record SimulatedAnswer(string ContentType, string Text)
{
    /// <summary>What says nothing that anybody could mind.</summary>
    public static SimulatedAnswer Plain { get; } = new("text/plain", "ok");
}
