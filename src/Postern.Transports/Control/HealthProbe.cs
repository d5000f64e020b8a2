using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Postern.Transports.Control;

/// <summary>Asks a listener's <c>/health</c>, as a container's probe does. Sends nothing that came from outside.</summary>
public static class HealthProbe
{
    // The answer is a few hundred bytes; more is somebody else's.
    private const int MaxAnswerBytes = 16 * 1024;

    /// <summary>Asks once.</summary>
    /// <param name="listener">Where it listens; a wildcard address is asked on loopback.</param>
    /// <param name="cancel">Bounds the wait.</param>
    /// <exception cref="SocketException">Nothing listens, or it is not reachable.</exception>
    /// <exception cref="OperationCanceledException">No answer in time.</exception>
    public static async Task<HealthAnswer> AskAsync(IPEndPoint listener, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(listener);
        var to = Reachable(listener);
        using var socket = new Socket(to.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(to, cancel).ConfigureAwait(false);
        await socket.SendAsync(Encoding.ASCII.GetBytes($"GET /health HTTP/1.1\r\nHost: {to}\r\nConnection: close\r\n\r\n"), cancel).ConfigureAwait(false);
        var answer = new byte[MaxAnswerBytes];
        var length = 0;
        while (length < answer.Length && await socket.ReceiveAsync(answer.AsMemory(length), cancel).ConfigureAwait(false) is var read and > 0)
        {
            length += read;
        }

        return Read(answer.AsSpan(0, length));
    }

    /// <summary>Where a listener on this machine is reached.</summary>
    internal static IPEndPoint Reachable(IPEndPoint listener) =>
        listener.Address.Equals(IPAddress.Any) ? new IPEndPoint(IPAddress.Loopback, listener.Port)
        : listener.Address.Equals(IPAddress.IPv6Any) ? new IPEndPoint(IPAddress.IPv6Loopback, listener.Port)
        : listener;

    private static HealthAnswer Read(ReadOnlySpan<byte> answer)
    {
        // "HTTP/1.1 200": the status stands at a fixed place.
        var isHttp = answer.Length >= 12 && answer.StartsWith("HTTP/1."u8);
        var status = isHttp && int.TryParse(answer.Slice(9, 3), out var number) ? number : 0;
        return new HealthAnswer(status, answer.IndexOf("\"policy_revision\""u8) >= 0, answer.IndexOf("\"evidence_lost\""u8) >= 0);
    }
}
