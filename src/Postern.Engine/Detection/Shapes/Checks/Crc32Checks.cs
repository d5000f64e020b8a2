using System.Buffers.Binary;
using System.Buffers.Text;

namespace Postern.Engine.Detection.Shapes.Checks;

/// <summary>The ways issuers write a CRC-32 into their tokens.</summary>
internal static class Crc32Checks
{
    private const int Base62Width = 6;
    private const int HexWidth = 8;
    private const int Base36Width = 7;

    private static ReadOnlySpan<byte> Base62Digits => "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8;

    public static bool Base62Tail(ReadOnlySpan<byte> body) =>
        body.Length > Base62Width && HasDigits(body[^Base62Width..], Crc32.Of(body[..^Base62Width]), 62);

    public static bool Base62AfterUnderscore(ReadOnlySpan<byte> token, bool reversed)
    {
        var split = token.LastIndexOf((byte)'_');
        if (split < 0 || token.Length - split - 1 != Base62Width)
        {
            return false;
        }

        Span<byte> digits = stackalloc byte[Base62Width];
        token[(split + 1)..].CopyTo(digits);
        if (reversed)
        {
            ReverseKeepingPadding(digits);
        }

        return HasDigits(digits, Crc32.Of(token[..split]), 62);
    }

    public static bool HexAfterUnderscore(ReadOnlySpan<byte> token, ReadOnlySpan<byte> body, bool littleEndian)
    {
        var head = littleEndian ? token : body;
        var split = head.LastIndexOf((byte)'_');
        if (split < 0 || head.Length - split - 1 != HexWidth
            || !Utf8Parser.TryParse(head[(split + 1)..], out uint stated, out var read, 'x') || read != HexWidth)
        {
            return false;
        }

        var crc = Crc32.Of(head[..split]);
        return stated == (littleEndian ? BinaryPrimitives.ReverseEndianness(crc) : crc);
    }

    public static bool Base64Tail(ReadOnlySpan<byte> body)
    {
        Span<byte> crc = stackalloc byte[4];
        Span<byte> text = stackalloc byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(crc, body.Length > Base62Width ? Crc32.Of(body[..^Base62Width]) : 0);
        Base64.EncodeToUtf8(crc, text, out _, out _);
        return body.Length > Base62Width && body[^Base62Width..].SequenceEqual(text[..Base62Width]);
    }

    /// <summary>Base36 uses lower-case letters, so it cannot share the base62 digits.</summary>
    public static bool Base36Tail(ReadOnlySpan<byte> token)
    {
        if (token.Length <= Base36Width)
        {
            return false;
        }

        var value = Crc32.Of(token[..^Base36Width]);
        for (var i = 1; i <= Base36Width; i++, value /= 36)
        {
            var digit = value % 36;
            if (token[^i] != (byte)(digit < 10 ? '0' + digit : 'a' + digit - 10))
            {
                return false;
            }
        }

        return value == 0;
    }

    private static bool HasDigits(ReadOnlySpan<byte> digits, uint value, uint radix)
    {
        for (var i = digits.Length - 1; i >= 0; i--, value /= radix)
        {
            if (digits[i] != Base62Digits[(int)(value % radix)])
            {
                return false;
            }
        }

        return value == 0;
    }

    /// <summary>The padding zeros stay on the left when the digits are written least significant first.</summary>
    private static void ReverseKeepingPadding(Span<byte> digits)
    {
        var padding = digits.IndexOfAnyExcept((byte)'0');
        digits[Math.Max(padding, 0)..].Reverse();
    }
}
