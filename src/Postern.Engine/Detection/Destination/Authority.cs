using System.Globalization;
using System.Text;

namespace Postern.Engine.Detection.Destination;

/// <summary>
/// A host and a port: a CONNECT target, a Host header, the authority of a URL. Two of them are equal when they name the same place:
/// default ports are filled in, case and a trailing dot do not count. This is the comparison of the interception check.
/// </summary>
/// <param name="Host">The canonical host.</param>
/// <param name="Port">1 to 65535.</param>
public readonly record struct Authority(CanonicalHost Host, int Port)
{
    /// <summary>Bytes that <see cref="Format"/> needs at most: the host, two brackets, a colon and five digits.</summary>
    public const int MaxBytes = CanonicalHost.MaxBytes + 8;

    /// <summary>Reads <c>host</c>, <c>host:port</c> or <c>[v6]:port</c>.</summary>
    /// <param name="text">The raw bytes.</param>
    /// <param name="defaultPort">The port when none is written; 0 when one must be written, as in CONNECT.</param>
    /// <param name="authority">The authority; default when the result is false.</param>
    /// <param name="fault">Why not; <see cref="UrlFault.None"/> when the result is true.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, int defaultPort, out Authority authority, out UrlFault fault)
    {
        authority = default;
        if (FaultOf(text) is var bad && bad != UrlFault.None)
        {
            fault = bad;
            return false;
        }

        var hostLength = HostLength(text);
        var port = defaultPort;
        if (hostLength < text.Length ? !TryParsePort(text[(hostLength + 1)..], out port) : port == 0)
        {
            fault = UrlFault.BadPort;
            return false;
        }

        if (!CanonicalHost.TryParse(text[..hostLength], out var host, out fault))
        {
            return false;
        }

        authority = new Authority(host, port);
        return true;
    }

    /// <summary>Writes the canonical text with brackets around IPv6 and without <paramref name="defaultPort"/>; returns its length.</summary>
    /// <param name="text">At least <see cref="MaxBytes"/> of room.</param>
    /// <param name="defaultPort">The port that is left out; 0 to write it always.</param>
    public int Format(Span<byte> text, int defaultPort = 0)
    {
        var length = 0;
        var isBracketed = Host.Kind == HostKind.Ipv6;
        if (isBracketed)
        {
            text[length++] = (byte)'[';
        }

        Host.Bytes.CopyTo(text[length..]);
        length += Host.Bytes.Length;
        if (isBracketed)
        {
            text[length++] = (byte)']';
        }

        if (Port != defaultPort)
        {
            text[length++] = (byte)':';
            Port.TryFormat(text[length..], out var digits, provider: CultureInfo.InvariantCulture);
            length += digits;
        }

        return length;
    }

    /// <summary>The canonical text, port included.</summary>
    public override string ToString()
    {
        Span<byte> text = stackalloc byte[MaxBytes];
        return Encoding.ASCII.GetString(text[..Format(text)]);
    }

    // Told apart from a bad host because people can act on it.
    private static UrlFault FaultOf(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return UrlFault.Empty;
        }

        if (text.ContainsAnyInRange((byte)0, (byte)0x20) || text.Contains((byte)0x7F))
        {
            return UrlFault.ControlByte;
        }

        return text.IndexOfAny((byte)'\\', (byte)'@') switch
        {
            < 0 => UrlFault.None,
            var at => text[at] == (byte)'@' ? UrlFault.Userinfo : UrlFault.Backslash,
        };
    }

    private static int HostLength(ReadOnlySpan<byte> text)
    {
        var afterBracket = text[0] == (byte)'[' ? text.IndexOf((byte)']') + 1 : 0;
        var colon = text[afterBracket..].IndexOf((byte)':');
        return colon < 0 ? text.Length : afterBracket + colon;
    }

    private static bool TryParsePort(ReadOnlySpan<byte> digits, out int port)
    {
        port = 0;
        return digits.Length is > 0 and <= 5
            && digits[0] != (byte)'0'
            && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out port)
            && port <= ushort.MaxValue;
    }
}
