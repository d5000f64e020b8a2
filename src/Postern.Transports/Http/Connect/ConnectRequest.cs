using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Postern.Transports.Http.Connect;

/// <summary>What a client asks to be connected to, whichever way it asked. The host in it is not canonical.</summary>
internal sealed class ConnectRequest
{
    private readonly Range _host;

    private ConnectRequest(TunnelWay way, ReadOnlyMemory<byte> authority, Range host, int port)
    {
        Way = way;
        Authority = authority;
        _host = host;
        Port = port;
    }

    /// <summary>How it asked.</summary>
    public TunnelWay Way { get; }

    /// <summary>The target as sent: visible ASCII, <c>host:port</c>.</summary>
    public ReadOnlyMemory<byte> Authority { get; }

    /// <summary>The host of the target as sent, without the brackets of an IPv6 address.</summary>
    public ReadOnlyMemory<byte> Host => Authority[_host];

    /// <summary>The port of the target, 1 to 65535.</summary>
    public int Port { get; }

    /// <summary>What came with it, in the order sent, as Latin-1 text. Values may hold credentials: never log them.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>The value of the header with this name; several are one with commas, as a server would give them. Empty when there is none.</summary>
    public string ValueOf(string name) => string.Join(",", Headers
        .Where(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase))
        .Select(static header => header.Value));

    /// <summary>The request that a CONNECT head makes.</summary>
    public static ConnectRequest Of(ConnectHead head) => TryOf(TunnelWay.Connect, head.Authority, HeadersOf(head), out var request)
        ? request
        : throw new InvalidOperationException("A head was accepted whose authority is none.");

    /// <summary>A request for a target; false when it is not <c>host:port</c>.</summary>
    /// <param name="way">How it came.</param>
    /// <param name="authority">The target; owned by the request from now on.</param>
    /// <param name="headers">What came with it.</param>
    /// <param name="request">The request.</param>
    public static bool TryOf(
        TunnelWay way, ReadOnlyMemory<byte> authority, IReadOnlyList<KeyValuePair<string, string>> headers, [NotNullWhen(true)] out ConnectRequest? request)
    {
        request = ConnectAuthority.TrySplit(authority.Span, out var host, out var port)
            ? new ConnectRequest(way, authority, host, port) { Headers = headers }
            : null;
        return request is not null;
    }

    private static KeyValuePair<string, string>[] HeadersOf(ConnectHead head) =>
        [.. head.Headers.Select(header => KeyValuePair.Create(Encoding.Latin1.GetString(head.Name(header).Span), Encoding.Latin1.GetString(head.Value(header).Span)))];
}
