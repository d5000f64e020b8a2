using Microsoft.AspNetCore.Connections;

namespace Postern.Transports.Http.Connect;

/// <summary>Decides about tunnels and hears how they ended. An exception from any method closes the connection without an answer.</summary>
internal interface ITunnelGate
{
    /// <summary>Decides about a request for a tunnel. Nothing has been answered, resolved or dialled yet.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="connection">The client's connection; the gate neither reads nor writes its transport.</param>
    /// <param name="ct">Cancelled when the client went away.</param>
    ValueTask<TunnelDecision> DecideAsync(ConnectRequest request, ConnectionContext connection, CancellationToken ct);

    /// <summary>Words the refusal of bytes that should have asked for a tunnel and could not be accepted, and keeps its evidence.</summary>
    /// <param name="way">How the client asks.</param>
    /// <param name="fault">What was wrong with them; never <see cref="ConnectFault.None"/>.</param>
    /// <param name="connection">The client's connection.</param>
    /// <param name="ct">Cancelled when the client went away.</param>
    ValueTask<TunnelRefusal> RejectAsync(TunnelWay way, ConnectFault fault, ConnectionContext connection, CancellationToken ct);

    /// <summary>Called exactly once for every tunnel that was opened, however it ended.</summary>
    /// <param name="tunnel">The decision that opened it.</param>
    /// <param name="end">Why it ended, and what a relay carried.</param>
    ValueTask EndedAsync(OpenedTunnel tunnel, TunnelEnd end);
}
