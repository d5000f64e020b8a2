using Postern.Engine.Inspection;

namespace Postern.Transports.Http.Connect;

/// <summary>The far end of a relayed tunnel.</summary>
internal interface IRelayTarget
{
    /// <summary>Connects, before the client is told that the tunnel is open. A failure to connect is a refusal, not an exception.</summary>
    /// <param name="ct">Cancelled when the client went away or the tunnel was halted.</param>
    ValueTask<RelayDial> DialAsync(CancellationToken ct);

    /// <summary>Last word before the first byte goes out, knowing how the client opened. Null closes the tunnel.</summary>
    /// <param name="opening">What the client's first bytes were; the server name, if any, has been compared already.</param>
    /// <param name="ct">Cancelled when the tunnel was halted.</param>
    ValueTask<Cleared?> AdmitAsync(TunnelOpening opening, CancellationToken ct);
}
