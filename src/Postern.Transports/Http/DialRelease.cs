using System.Net;
using System.Net.Sockets;
using Postern.Engine.Detection.Destination;

namespace Postern.Transports.Http;

/// <summary>Opens connections to judged addresses, in the order they were judged; the next one when one does not answer.</summary>
internal static class DialRelease
{
    /// <summary>A connected stream.</summary>
    /// <param name="destination">What was judged.</param>
    /// <param name="detour">A simulation's own server, which stands for every destination; null in earnest.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="SocketException">None of the addresses took the connection; the last error.</exception>
    public static async Task<Stream> DialAsync(JudgedDestination destination, IPEndPoint? detour, CancellationToken cancel)
    {
        SocketException? last = null;
        foreach (var address in destination.Addresses)
        {
            var to = detour ?? new IPEndPoint(address, destination.Port);
            var socket = new Socket(to.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(to, cancel).ConfigureAwait(false);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException e)
            {
                last = e;
                socket.Dispose();
            }
            catch (OperationCanceledException)
            {
                socket.Dispose();
                throw;
            }
        }

        throw last ?? new SocketException((int)SocketError.HostUnreachable);
    }
}
