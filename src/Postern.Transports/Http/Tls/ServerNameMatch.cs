using System.Net;

namespace Postern.Transports.Http.Tls;

/// <summary>Whether the name in a ClientHello is the host that the CONNECT was allowed for.</summary>
internal static class ServerNameMatch
{
    /// <summary>The names are one host. Case and one trailing dot do not matter.</summary>
    /// <param name="serverName">As sent by the client.</param>
    /// <param name="host">Canonical host of the authority, an IP address without brackets.</param>
    public static bool IsSame(string serverName, string host) =>
        WithoutDot(serverName).Equals(WithoutDot(host), StringComparison.OrdinalIgnoreCase);

    /// <summary>The host is an IP address, for which RFC 6066 §3 has clients send no name.</summary>
    public static bool MayBeAbsent(string host) => IPAddress.TryParse(host, out _);

    private static ReadOnlySpan<char> WithoutDot(ReadOnlySpan<char> name) => name.EndsWith('.') ? name[..^1] : name;
}
