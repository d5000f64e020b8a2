using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Postern.Transports.Http.Peers;

namespace Postern.Transports.Http.Server;

/// <summary>One address to listen on.</summary>
/// <param name="Address">Where; port 0 lets the system choose.</param>
/// <param name="Middleware">Runs on every accepted connection before HTTP; null for a listener that takes requests only.</param>
public sealed record ProxyEndpoint(IPEndPoint Address, Func<ConnectionDelegate, ConnectionDelegate>? Middleware = null)
{
    /// <summary>Finds the processes behind its connections, before anything else is done with them; null for none.</summary>
    public PeerLookup? Peers { get; init; }

    /// <summary>A socket that listens already and is taken as it is; null to make one.</summary>
    public Socket? Door { get; init; }
}
