namespace Postern.Transports.Http.Connect;

/// <summary>How a client asked for a tunnel.</summary>
internal enum TunnelWay
{
    /// <summary>With a CONNECT request.</summary>
    Connect = 0,

    /// <summary>With a SOCKS5 request (RFC 1928).</summary>
    Socks,

    /// <summary>Not at all: the network sent it here.</summary>
    Transparent,
}
