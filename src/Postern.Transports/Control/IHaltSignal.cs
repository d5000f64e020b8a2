using Postern.Engine.Inspection;

namespace Postern.Transports.Control;

/// <summary>The kill switch as a listener sees it: whether it is on, and a token for what runs without asking again.</summary>
public interface IHaltSignal : IHalt
{
    /// <summary>Cancelled while the switch is on, and when it goes on the next time; opaque tunnels end by it. To be read anew for each tunnel.</summary>
    CancellationToken Halted { get; }
}
