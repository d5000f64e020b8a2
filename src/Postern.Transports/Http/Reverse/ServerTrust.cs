using System.Net;
using Postern.Engine.Configuration;

namespace Postern.Transports.Http.Reverse;

/// <summary>
/// A server that the operator put behind Postern may be reached, even where it is inside: on this machine, or in the company's
/// network. Nothing else is opened.
/// </summary>
public static class ServerTrust
{
    /// <summary>The configuration with a server's host added: a name to the trusted ones, an address to the excepted ones, both to the allowed ones.</summary>
    public static PosternConfig Add(PosternConfig config, Uri server)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(server);
        var host = server.IdnHost;
        config = IPAddress.TryParse(host, out var address)
            ? config with { Ssrf = config.Ssrf with { IpAllowlist = [.. config.Ssrf.IpAllowlist, address + (address.GetAddressBytes().Length == 4 ? "/32" : "/128")] } }
            : config with { TrustedDomains = [.. config.TrustedDomains, host] };
        return config with { ApiAllowlist = [.. config.ApiAllowlist, host] };
    }
}
