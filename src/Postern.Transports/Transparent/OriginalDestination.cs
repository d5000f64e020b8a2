using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Postern.Transports.Transparent;

/// <summary>Where a connection was going before Linux sent it here (nftables <c>redirect</c>, iptables <c>REDIRECT</c>).</summary>
internal static class OriginalDestination
{
    // linux/in.h, linux/in6.h, linux/netfilter_ipv4.h and linux/netfilter_ipv6/ip6_tables.h; the answer is a sockaddr_in or sockaddr_in6.
    private const int LevelIpv4 = 0;
    private const int LevelIpv6 = 41;
    private const int OriginalDst = 80;
    private const int Ipv4Bytes = 16;
    private const int Ipv6Bytes = 28;

    /// <summary>The address and port; null when it was not sent here but came on its own.</summary>
    public static IPEndPoint? Of(ConnectionContext connection)
    {
        if (connection.Features.Get<IConnectionSocketFeature>()?.Socket is not { RemoteEndPoint: IPEndPoint from, LocalEndPoint: IPEndPoint here } socket)
        {
            return null;
        }

        var isIpv4 = from.AddressFamily == AddressFamily.InterNetwork || from.Address.IsIPv4MappedToIPv6;
        Span<byte> answer = stackalloc byte[isIpv4 ? Ipv4Bytes : Ipv6Bytes];
        try
        {
            socket.GetRawSocketOption(isIpv4 ? LevelIpv4 : LevelIpv6, OriginalDst, answer);
        }
        catch (SocketException)
        {
            // Nothing is known of the connection: nobody redirected it.
            return null;
        }

        var port = BinaryPrimitives.ReadUInt16BigEndian(answer[2..]);
        var address = new IPAddress(isIpv4 ? answer.Slice(4, 4) : answer.Slice(8, 16));
        return port == 0 || (port == here.Port && address.Equals(Plain(here.Address))) ? null : new IPEndPoint(address, port);
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
