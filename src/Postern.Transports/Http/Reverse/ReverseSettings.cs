using System.Net;
using System.Security.Cryptography.X509Certificates;
using Postern.Transports.Http.Server;

namespace Postern.Transports.Http.Reverse;

/// <summary>How the reverse proxy is set up; fixed until it is restarted.</summary>
/// <param name="Listen">Where.</param>
/// <param name="Targets">What stands behind it.</param>
public sealed record ReverseSettings(IPEndPoint Listen, IReadOnlyList<ReverseTarget> Targets)
{
    /// <summary>How long a server that failed is left alone, and how often its health is asked; default 10 s.</summary>
    public TimeSpan Rest { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long dialling may take; default 10 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long servers may be silent.</summary>
    public UpstreamPatience Patience { get; init; } = new();

    /// <summary>Whose certificates servers may show; null trusts whom the system trusts.</summary>
    public X509ChainPolicy? UpstreamTrust { get; init; }

    /// <summary>Bounds that hold before any policy is asked.</summary>
    public ProxyServerOptions Server { get; init; } = new();
}
