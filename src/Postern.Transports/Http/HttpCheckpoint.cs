using Postern.Engine.Inspection;
using Postern.Engine.Policy;
using Postern.Transports.WebSockets;

namespace Postern.Transports.Http;

/// <summary>What every HTTP exchange shares.</summary>
/// <param name="Inspector">The checkpoint.</param>
/// <param name="Policies">The policy in force.</param>
/// <param name="Upstream">The way out.</param>
/// <param name="Time">The clock.</param>
internal sealed record HttpCheckpoint(Inspector Inspector, PolicyHolder Policies, UpstreamRelease Upstream, TimeProvider Time)
{
    /// <summary>How much of bodies all exchanges together may hold.</summary>
    public HoldBudget Holding { get; } = new();

    /// <summary>The WebSockets that are open.</summary>
    public SocketPlaces Sockets { get; } = new();

    /// <summary>How long upstreams of forwarded requests may be silent.</summary>
    public UpstreamPatience Patience { get; init; } = new();
}
