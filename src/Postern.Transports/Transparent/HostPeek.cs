using System.Text;
using Postern.Transports.Http.Connect;

namespace Postern.Transports.Transparent;

/// <summary>The host that the first request of a connection names, found without using any of its bytes. Whoever serves the request reads all of it again, strictly.</summary>
internal static class HostPeek
{
    /// <summary>Looks through the head as far as it is there: no HTTP/1 request is bad, as is a head without a host.</summary>
    /// <param name="bytes">The first bytes of the connection.</param>
    /// <param name="host">The value of the first Host header; empty when there is none.</param>
    public static FirstBytes Look(ReadOnlySpan<byte> bytes, out string host)
    {
        host = string.Empty;
        var rest = bytes[..Math.Min(bytes.Length, ConnectHeadReader.MaxBytes)];
        for (var isFirst = true; rest.IndexOf("\r\n"u8) is >= 0 and var end; isFirst = false)
        {
            var line = rest[..end];
            if (isFirst ? !IsRequest(line) : line.IsEmpty)
            {
                return FirstBytes.Bad;
            }

            var colon = line.IndexOf((byte)':');
            if (!isFirst && colon > 0 && Ascii.EqualsIgnoreCase(line[..colon], "host"u8))
            {
                host = Encoding.Latin1.GetString(line[(colon + 1)..].Trim(" \t"u8));
                return FirstBytes.Head;
            }

            rest = rest[(end + 2)..];
        }

        return bytes.Length < ConnectHeadReader.MaxBytes ? FirstBytes.Unknown : FirstBytes.Bad;
    }

    private static bool IsRequest(ReadOnlySpan<byte> line) => line.EndsWith(" HTTP/1.1"u8) || line.EndsWith(" HTTP/1.0"u8);
}
