using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace Postern.Engine.Configuration;

/// <summary>
/// IP literals in their one ordinary spelling. <see cref="IPAddress.TryParse(string, out IPAddress)"/> also takes octal,
/// hexadecimal and short forms and zone ids; in a list that guards something those are traps.
/// </summary>
internal static class IpText
{
    public static bool TryParseV4(string text, [NotNullWhen(true)] out IPAddress? address)
    {
        address = null;
        var parts = text.Split('.');
        if (parts.Length != 4)
        {
            return false;
        }

        Span<byte> octets = stackalloc byte[4];
        for (var i = 0; i < 4; i++)
        {
            var isPlain = parts[i].Length == 1 || !parts[i].StartsWith('0');
            if (!isPlain || !byte.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out octets[i]))
            {
                return false;
            }
        }

        address = new IPAddress(octets);
        return true;
    }

    public static bool TryParseV6(string text, [NotNullWhen(true)] out IPAddress? address)
    {
        address = null;
        return text.Contains(':', StringComparison.Ordinal)
            && text.AsSpan().IndexOfAny('%', '[', '/') < 0
            && IPAddress.TryParse(text, out address)
            && address.GetAddressBytes().Length == 16;
    }

    public static bool TryParse(string text, [NotNullWhen(true)] out IPAddress? address) =>
        TryParseV4(text, out address) || TryParseV6(text, out address);
}
