using System.Runtime.CompilerServices;

namespace Postern.Engine.Views;

/// <summary>Character classes of bytes, as the decoders need them.</summary>
internal static class Ascii
{
    /// <summary>The value of a hexadecimal digit, or -1.</summary>
    public static int HexValue(byte b) => b switch
    {
        >= (byte)'0' and <= (byte)'9' => b - '0',
        >= (byte)'a' and <= (byte)'f' => b - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => b - 'A' + 10,
        _ => -1,
    };

    public static bool IsHex(byte b) => HexValue(b) >= 0;

    public static bool IsDigit(byte b) => b is >= (byte)'0' and <= (byte)'9';

    public static bool IsLetter(byte b) => (byte)(b | 0x20) is >= (byte)'a' and <= (byte)'z';

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsAlphanumeric(byte b) => IsDigit(b) || IsLetter(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsSpace(byte b) => b is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or 0x0C;

    public static int CountDigits(ReadOnlySpan<byte> text)
    {
        var digits = 0;
        foreach (var b in text)
        {
            digits += IsDigit(b) ? 1 : 0;
        }

        return digits;
    }

    /// <summary>What each byte is worth as a digit of an alphabet; -1 for those that are none.</summary>
    public static sbyte[] ValuesIn(ReadOnlySpan<byte> alphabet)
    {
        var values = new sbyte[256];
        Array.Fill(values, (sbyte)-1);
        for (var i = 0; i < alphabet.Length; i++)
        {
            values[alphabet[i]] = (sbyte)i;
        }

        return values;
    }

    /// <summary>The value of two hexadecimal digits at an offset, or -1.</summary>
    public static int HexPair(ReadOnlySpan<byte> text, int at)
    {
        if (at > text.Length - 2)
        {
            return -1;
        }

        var value = (HexValue(text[at]) << 4) | HexValue(text[at + 1]);
        return value < 0 ? -1 : value;
    }

    /// <summary>The value of <paramref name="digits"/> hexadecimal digits at an offset, or -1.</summary>
    public static int Hex(ReadOnlySpan<byte> text, int at, int digits)
    {
        if (at > text.Length - digits)
        {
            return -1;
        }

        var value = 0;
        for (var i = 0; i < digits; i++)
        {
            var digit = HexValue(text[at + i]);
            if (digit < 0)
            {
                return -1;
            }

            value = (value << 4) | digit;
        }

        return value;
    }

    /// <summary>Whether two texts are equal but for the case of ASCII letters.</summary>
    public static bool EqualsIgnoreCase(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) =>
        System.Text.Ascii.EqualsIgnoreCase(left, right);

    /// <summary>Whether the text at <paramref name="at"/> begins with <paramref name="lower"/>, which is in lower case.</summary>
    public static bool StartsWith(ReadOnlySpan<byte> text, int at, ReadOnlySpan<byte> lower)
    {
        if (at > text.Length - lower.Length)
        {
            return false;
        }

        for (var i = 0; i < lower.Length; i++)
        {
            var b = text[at + i];
            if ((b is >= (byte)'A' and <= (byte)'Z' ? b | 0x20 : b) != lower[i])
            {
                return false;
            }
        }

        return true;
    }
}
