using System.Security.Cryptography;

namespace Postern.Engine.Detection.Shapes.Checks;

/// <summary>Base58 with a version in front and four bytes of double SHA-256 behind.</summary>
internal static class Base58Check
{
    private const int MaxBytes = 96;
    private const int ChecksumLength = 4;

    private const byte RippleSeed = 0x21;

    /// <summary>Bitcoin, its test networks, Litecoin, Dogecoin and Dash.</summary>
    private static ReadOnlySpan<byte> WifVersions => [0x80, 0xEF, 0xB0, 0x9E, 0xCC];

    private static ReadOnlySpan<byte> Digits => "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"u8;

    private static ReadOnlySpan<byte> RippleEdSeed => [0x01, 0xE1, 0x4B];

    private static ReadOnlySpan<byte> RippleDigits => "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz"u8;

    /// <summary>True for any version and payload whose checksum is right.</summary>
    public static bool Passes(ReadOnlySpan<byte> token)
    {
        Span<byte> buffer = stackalloc byte[MaxBytes];
        return !Decode(token, Digits, buffer).IsEmpty;
    }

    /// <summary>A family seed of the XRP ledger: its own order of digits, sixteen bytes after the version.</summary>
    public static bool IsRippleSeed(ReadOnlySpan<byte> token)
    {
        Span<byte> buffer = stackalloc byte[MaxBytes];
        var payload = Decode(token, RippleDigits, buffer);
        return (payload.Length == 17 && payload[0] == RippleSeed) || (payload.Length == 19 && payload.StartsWith(RippleEdSeed));
    }

    public static bool IsWif(ReadOnlySpan<byte> token)
    {
        Span<byte> buffer = stackalloc byte[MaxBytes];
        var payload = Decode(token, Digits, buffer);
        return payload.Length is 33 or 34 && WifVersions.Contains(payload[0]) && (payload.Length == 33 || payload[33] == 1);
    }

    public static bool IsExtendedKey(ReadOnlySpan<byte> token)
    {
        Span<byte> buffer = stackalloc byte[MaxBytes];
        return Decode(token, Digits, buffer).Length == 78;
    }

    /// <summary>A Bitcoin address: a hash of twenty bytes after its version.</summary>
    public static bool IsBitcoinAddress(ReadOnlySpan<byte> token)
    {
        // Version 0 is a leading digit without a value, which the number itself does not show.
        Span<byte> buffer = stackalloc byte[MaxBytes];
        var isFirst = token[0] == (byte)'1';
        var bytes = DecodeNumber(token, Digits, buffer);
        return isFirst ? bytes.Length is > 0 and <= 24 && !Verified(buffer[^25..]).IsEmpty : bytes.Length == 25 && bytes[0] == 5 && !Verified(bytes).IsEmpty;
    }

    /// <summary>How many bytes the text stands for, leading zeros included; -1 when it is no base58 or too long.</summary>
    public static int LengthOf(ReadOnlySpan<byte> token)
    {
        Span<byte> buffer = stackalloc byte[MaxBytes];
        var bytes = DecodeNumber(token, Digits, buffer);
        var zeros = token.IndexOfAnyExcept((byte)'1');
        return zeros < 0 ? token.Length : bytes.IsEmpty ? -1 : bytes.Length + zeros;
    }

    /// <summary>The payload with its version, or empty when the text or its checksum is wrong.</summary>
    private static ReadOnlySpan<byte> Decode(ReadOnlySpan<byte> text, ReadOnlySpan<byte> digits, Span<byte> buffer) =>
        Verified(DecodeNumber(text, digits, buffer));

    private static ReadOnlySpan<byte> DecodeNumber(ReadOnlySpan<byte> text, ReadOnlySpan<byte> digits, Span<byte> buffer)
    {
        buffer.Clear();
        var used = 0;
        foreach (var b in text)
        {
            var carry = digits.IndexOf(b);
            if (carry < 0)
            {
                return default;
            }

            for (var i = 0; i < used || carry > 0; i++)
            {
                if (i == buffer.Length)
                {
                    return default;
                }

                carry += buffer[^(i + 1)] * 58;
                buffer[^(i + 1)] = (byte)carry;
                carry >>= 8;
                used = Math.Max(used, i + 1);
            }
        }

        return buffer[^used..];
    }

    private static ReadOnlySpan<byte> Verified(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length <= ChecksumLength)
        {
            return default;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..^ChecksumLength], hash);
        SHA256.HashData(hash, hash);
        return hash[..ChecksumLength].SequenceEqual(bytes[^ChecksumLength..]) ? bytes[..^ChecksumLength] : default;
    }
}
