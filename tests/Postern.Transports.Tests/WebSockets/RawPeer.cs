using System.Text;
using Postern.Transports.WebSockets;
using Postern.Transports.WebSockets.Deflate;

namespace Postern.Transports.Tests.WebSockets;

/// <summary>A peer that reads frames and answers none.</summary>
internal static class RawPeer
{
    /// <summary>Everything to the close frame or the end of the connection, as a transcript.</summary>
    public static async Task<string> ReadToCloseAsync(Stream stream, SocketPeer from, bool isDeflated = false)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var reader = new FrameReader(from, 1 << 24, isDeflated ? new MessageInflater(new(), 1 << 24) : null);
        var lines = new List<string>();
        var buffer = new byte[16 * 1024];
        try
        {
            while (!reader.HasEnded)
            {
                var read = await stream.ReadAsync(buffer, patience.Token);
                if (read == 0)
                {
                    lines.Add("end");
                    break;
                }

                reader.Feed(buffer.AsSpan(0, read));
                while (reader.TryNext(out var piece))
                {
                    lines.Add(piece.Fault != SocketFault.None ? "!" + piece.Fault : $"{piece.Opcode} {(piece.CloseCode == 0 ? "" : piece.CloseCode + " ")}{Encoding.UTF8.GetString(piece.Payload)}");
                }
            }
        }
        catch (IOException)
        {
            lines.Add("reset");
        }

        return string.Join('|', lines);
    }
}
