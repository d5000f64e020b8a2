using System.Buffers;

namespace Postern.Transports.Http.Connect;

/// <summary>The shape of a CONNECT target: <c>host:port</c> or <c>[IPv6]:port</c> (RFC 9112 §3.2.3).</summary>
internal static class ConnectAuthority
{
    // Visible ASCII without the delimiters that would make the target a URL, a path, or carry user information.
    private static readonly SearchValues<byte> s_hostBytes = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~!$&'()*+,;=%"u8);

    private static readonly SearchValues<byte> s_literalBytes = SearchValues.Create("abcdefABCDEF0123456789:."u8);

    /// <summary>Splits a target. There is no default port: RFC 9110 §9.3.6 has a missing one refused.</summary>
    /// <param name="authority">The target as sent.</param>
    /// <param name="host">Where the host stands in it, without brackets.</param>
    /// <param name="port">1 to 65535.</param>
    public static bool TrySplit(ReadOnlySpan<byte> authority, out Range host, out int port)
    {
        host = default;
        port = 0;
        var colon = authority.LastIndexOf((byte)':');
        if (colon < 1 || !TryPort(authority[(colon + 1)..], out port))
        {
            return false;
        }

        var literal = authority[0] == '[';
        if (literal && authority[colon - 1] != ']')
        {
            return false;
        }

        host = literal ? 1..(colon - 1) : 0..colon;
        var name = authority[host];
        return !name.IsEmpty && !name.ContainsAnyExcept(literal ? s_literalBytes : s_hostBytes);
    }

    // A leading zero or a sign is refused: two readers could take it for two ports.
    private static bool TryPort(ReadOnlySpan<byte> digits, out int port)
    {
        port = 0;
        if (digits.Length is 0 or > 5 || digits[0] == '0')
        {
            return false;
        }

        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            port = (port * 10) + (digit - '0');
        }

        return port <= ushort.MaxValue;
    }
}
