using System.Net;
using Postern.Engine.Configuration;

namespace Postern.Program.Running;

/// <summary>
/// A server that the operator put behind Postern may be reached, even where it is inside: on this machine, or in the company's
/// network. Nothing else is opened.
/// </summary>
internal static class ServerTrust
{
    /// <summary>The configuration with the servers' hosts added: a name to the trusted ones, an address to the excepted ones, both to the allowed ones.</summary>
    public static LoadedConfig Add(LoadedConfig loaded, IReadOnlyList<Uri> servers) => servers.Count == 0 ? loaded : ConfigFile.With(loaded, servers.Aggregate(loaded.Config, Add));

    private static PosternConfig Add(PosternConfig config, Uri server)
    {
        var host = server.IdnHost;
        config = IPAddress.TryParse(host, out var address)
            ? config with { Ssrf = config.Ssrf with { IpAllowlist = [.. config.Ssrf.IpAllowlist, address + (address.GetAddressBytes().Length == 4 ? "/32" : "/128")] } }
            : config with { TrustedDomains = [.. config.TrustedDomains, host] };
        return config with { ApiAllowlist = [.. config.ApiAllowlist, host] };
    }
}
