using System.Net.Sockets;
using Postern.Engine.Detection.Destination;

namespace Postern.Transports.Http;

/// <summary>Opens connections to judged addresses, in the order they were judged; the next one when one does not answer.</summary>
internal static class DialRelease
{
    /// <summary>A connected stream.</summary>
    /// <exception cref="SocketException">None of the addresses took the connection; the last error.</exception>
    public static async Task<Stream> DialAsync(JudgedDestination destination, CancellationToken cancel)
    {
        SocketException? last = null;
        foreach (var address in destination.Addresses)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new System.Net.IPEndPoint(address, destination.Port), cancel).ConfigureAwait(false);
                return new DialedStream(socket);
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
