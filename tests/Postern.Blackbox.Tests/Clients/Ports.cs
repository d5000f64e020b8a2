using System.Net;
using System.Net.Sockets;

namespace Postern.Blackbox.Tests.Clients;

/// <summary>Ports for servers that cannot choose one themselves.</summary>
internal static class Ports
{
    // Below what Linux hands out to clients (32768), so that no connection of another test takes it in between.
    private const int First = 20000;
    private const int End = 32000;

    /// <summary>A port of the loopback address on which nobody listens.</summary>
    public static int Free()
    {
        while (true)
        {
            var port = Random.Shared.Next(First, End);
            try
            {
                using var probe = new TcpListener(IPAddress.Loopback, port);
                probe.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken: look at another.
            }
        }
    }
}
