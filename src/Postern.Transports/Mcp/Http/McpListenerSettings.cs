using System.Net;
using System.Security.Cryptography.X509Certificates;
using Postern.Transports.Http.Server;

namespace Postern.Transports.Mcp.Http;

/// <summary>How a listener in front of one MCP server is set up.</summary>
/// <param name="Listen">Where.</param>
/// <param name="Upstream">The server's endpoint, http or https.</param>
public sealed record McpListenerSettings(IPEndPoint Listen, Uri Upstream)
{
    /// <summary>How long dialling may take; default 10 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whose certificates the server may show; null trusts whom the system trusts.</summary>
    public X509ChainPolicy? UpstreamTrust { get; init; }

    /// <summary>A simulation's own server, which is dialled instead of every judged address; null in earnest, and no configuration sets it.</summary>
    public IPEndPoint? Detour { get; init; }

    /// <summary>Bounds that hold before any policy is asked.</summary>
    public ProxyServerOptions Server { get; init; } = new();
}
