using Postern.Engine.Flow;

namespace Postern.Transports.Http.Connect;

/// <summary>The tunnel is opened and its bytes are pumped uninspected, counted, after the server name was checked.</summary>
/// <param name="exchange">The conversation in which it was cleared.</param>
/// <param name="host">Canonical host; a server name in the ClientHello must equal it.</param>
/// <param name="target">Dials and admits.</param>
/// <param name="halt">Cancelled to end the tunnel at once (kill switch, policy); both sides are reset.</param>
internal sealed class RelayTunnel(Exchange exchange, string host, IRelayTarget target, CancellationToken halt) : OpenedTunnel(exchange, host)
{
    /// <summary>Dials and admits.</summary>
    public IRelayTarget Target { get; } = target;

    /// <summary>Ends the tunnel at once.</summary>
    public CancellationToken Halt { get; } = halt;
}
