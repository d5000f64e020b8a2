using System.Text;

namespace Postern.Transports.Http.Connect;

/// <summary>
/// The head of a CONNECT request, checked against RFC 9112. Owns its bytes. Header values may hold credentials
/// (Proxy-Authorization): never log them.
/// </summary>
internal sealed class ConnectHead
{
    private readonly Range _authority;
    private readonly Range _host;

    /// <summary>Takes over the bytes; ranges lie inside them.</summary>
    public ConnectHead(byte[] bytes, Range authority, Range host, int port, IReadOnlyList<ConnectHeader> headers)
    {
        Bytes = bytes;
        _authority = authority;
        _host = host;
        Port = port;
        Headers = headers;
    }

    /// <summary>The whole head, from the method to the empty line.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The target as sent: visible ASCII, <c>host:port</c>.</summary>
    public ReadOnlyMemory<byte> Authority => Bytes[_authority];

    /// <summary>The host of the target as sent, without the brackets of an IPv6 address. Not canonical.</summary>
    public ReadOnlyMemory<byte> Host => Bytes[_host];

    /// <summary>The port of the target, 1 to 65535.</summary>
    public int Port { get; }

    /// <summary>The headers in the order sent.</summary>
    public IReadOnlyList<ConnectHeader> Headers { get; }

    /// <summary>The value of the header with this name as Latin-1 text; several are one with commas, as a server would give them. Empty when there is none.</summary>
    public string ValueOf(string name) => string.Join(",", Headers
        .Where(header => Encoding.Latin1.GetString(Name(header).Span).Equals(name, StringComparison.OrdinalIgnoreCase))
        .Select(header => Encoding.Latin1.GetString(Value(header).Span)));

    /// <summary>The name of a header, as sent.</summary>
    public ReadOnlyMemory<byte> Name(ConnectHeader header) => Bytes[header.Name];

    /// <summary>The value of a header, as sent, without surrounding white space.</summary>
    public ReadOnlyMemory<byte> Value(ConnectHeader header) => Bytes[header.Value];
}
