using System.Net.Sockets;

namespace Postern.Transports.WebSockets;

/// <summary>What sockets, TLS and pipes throw when a side is gone or the time is up. Anything else is a bug and is not hidden.</summary>
internal static class SocketLoss
{
    /// <summary>True for a connection that is over.</summary>
    public static bool Is(Exception exception) =>
        exception is IOException or SocketException or OperationCanceledException or ObjectDisposedException;
}
