using System.Net;
using Postern.Transports.Http;
using Postern.Transports.Http.Server;

namespace Postern.Transports.Icap;

/// <summary>How the ICAP listener is set up; fixed until it is restarted.</summary>
/// <param name="Listen">Where.</param>
public sealed record IcapSettings(IPEndPoint Listen)
{
    /// <summary>How long the body of a response may be silent.</summary>
    public UpstreamPatience Patience { get; init; } = new();

    /// <summary>Bounds that hold before any policy is asked: for the heads of ICAP and those in it alike.</summary>
    public ProxyServerOptions Server { get; init; } = new();
}
