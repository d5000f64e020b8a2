using System.Buffers;
using System.Text;

namespace Postern.Transports.Http.Tls;

/// <summary>The fields of a complete ClientHello message (RFC 8446 §4.1.2). Strict: any length that does not add up fails.</summary>
internal static class ClientHelloBody
{
    private const int RandomBytes = 32;
    private const int MaxSessionIdBytes = 32;
    private const int MaxNameBytes = 255;
    private const ushort ServerNameExtension = 0;
    private const ushort ProtocolsExtension = 16;
    private const ushort EncryptedHelloExtension = 0xFE0D;
    private const byte HostName = 0;

    // Host names, and IP addresses for clients that send them against RFC 6066 §3.
    private static readonly SearchValues<byte> s_nameBytes =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._:"u8);

    /// <summary>Reads the body, the bytes after the four of the handshake header.</summary>
    public static bool TryRead(ReadOnlySpan<byte> body, out ClientHello? hello)
    {
        hello = null;
        var cursor = new TlsCursor(body);
        var sound = cursor.TryTake(2, out var version) && version[0] == 3
            && cursor.TryTake(RandomBytes, out _)
            && cursor.TryVector8(out var sessionId) && sessionId.Length <= MaxSessionIdBytes
            && cursor.TryVector16(out var suites) && suites.Length >= 2 && suites.Length % 2 == 0
            && cursor.TryVector8(out var compressions) && compressions.Length >= 1;
        if (!sound)
        {
            return false;
        }

        if (cursor.IsAtEnd)
        {
            hello = new ClientHello(null, [], false);
            return true;
        }

        return cursor.TryVector16(out var extensions) && cursor.IsAtEnd && TryExtensions(extensions, out hello);
    }

    private static bool TryExtensions(ReadOnlySpan<byte> extensions, out ClientHello? hello)
    {
        hello = null;
        string? serverName = null;
        IReadOnlyList<string> protocols = [];
        var encrypted = false;
        var seen = new HashSet<ushort>();
        var cursor = new TlsCursor(extensions);
        while (!cursor.IsAtEnd)
        {
            // RFC 8446 §4.2: no type twice. Two server names would let one peer check the first and another use the second.
            if (!cursor.TryUInt16(out var type) || !cursor.TryVector16(out var value) || !seen.Add(type))
            {
                return false;
            }

            var sound = type switch
            {
                ServerNameExtension => TryServerName(value, out serverName),
                ProtocolsExtension => TryProtocols(value, out protocols),
                _ => true,
            };
            if (!sound)
            {
                return false;
            }

            encrypted |= type == EncryptedHelloExtension;
        }

        hello = new ClientHello(serverName, protocols, encrypted);
        return true;
    }

    // RFC 6066 §3 allows a list, with one name per type, and defines one type. More than one entry is refused.
    private static bool TryServerName(ReadOnlySpan<byte> value, out string? serverName)
    {
        serverName = null;
        var cursor = new TlsCursor(value);
        if (!cursor.TryVector16(out var list) || !cursor.IsAtEnd)
        {
            return false;
        }

        var entry = new TlsCursor(list);
        var sound = entry.TryTake(1, out var type) && type[0] == HostName
            && entry.TryVector16(out var name) && entry.IsAtEnd
            && name.Length is > 0 and <= MaxNameBytes && !name.ContainsAnyExcept(s_nameBytes);
        if (sound)
        {
            // type (1), length (2), name: the entry is the whole list.
            serverName = Encoding.ASCII.GetString(list[3..]);
        }

        return sound;
    }

    private static bool TryProtocols(ReadOnlySpan<byte> value, out IReadOnlyList<string> protocols)
    {
        var names = new List<string>();
        protocols = names;
        var cursor = new TlsCursor(value);
        if (!cursor.TryVector16(out var list) || !cursor.IsAtEnd || list.IsEmpty)
        {
            return false;
        }

        var entry = new TlsCursor(list);
        while (!entry.IsAtEnd)
        {
            if (!entry.TryVector8(out var name) || name.IsEmpty)
            {
                return false;
            }

            names.Add(Encoding.Latin1.GetString(name));
        }

        return true;
    }
}
