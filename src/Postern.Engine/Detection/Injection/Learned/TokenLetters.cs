using System.Buffers;
using System.Text;

namespace Postern.Engine.Detection.Injection.Learned;

/// <summary>What single characters are to the token reader.</summary>
internal static class TokenLetters
{
    /// <summary>ASCII letters in lower case, and digits as the letters they are written for; 0 for everything else.</summary>
    public static ReadOnlySpan<byte> Ascii =>
        "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0oi2eas6t89\0\0\0\0\0\0\0abcdefghijklmnopqrstuvwxyz\0\0\0\0\0\0abcdefghijklmnopqrstuvwxyz\0\0\0\0\0"u8;

    private static readonly Separator[] s_separators = [.. Enumerable.Range(0, 128).Select(static b => Separates((byte)b))];

    /// <summary>What an ASCII character that is no letter separates by.</summary>
    public static Separator SeparatorOf(byte b) => s_separators[b];

    private static Separator Separates(byte b) => b switch
    {
        (byte)'\n' or (byte)'\r' => Separator.Line,
        (byte)'.' or (byte)'!' or (byte)'?' or (byte)';' => Separator.Stop,
        (byte)':' => Separator.Colon,
        (byte)',' => Separator.Comma,
        (byte)'<' or (byte)'>' or (byte)'#' or (byte)'|' or (byte)'*' => Separator.Mark,
        (byte)'"' or (byte)'`' or (byte)'\'' => Separator.Quote,
        (byte)'(' or (byte)')' or (byte)'[' or (byte)']' or (byte)'{' or (byte)'}' => Separator.Bracket,
        <= (byte)' ' => Separator.Space,
        _ => Separator.Other,
    };

    /// <summary>Reads one character beyond ASCII.</summary>
    /// <param name="text">Begins with it.</param>
    /// <param name="length">Its bytes.</param>
    /// <param name="alone">True when the character is a token of its own: scripts that do not separate words.</param>
    /// <returns>The letter in lower case; 0 when it is none.</returns>
    public static uint Beyond(ReadOnlySpan<byte> text, out int length, out bool alone)
    {
        alone = false;
        if (Rune.DecodeFromUtf8(text, out var rune, out length) != OperationStatus.Done)
        {
            return 0;
        }

        var c = (uint)rune.Value;
        alone = c is (>= 0x3040 and <= 0x9FFF) or (>= 0x0E00 and <= 0x0EFF) or (>= 0x20000 and <= 0x3FFFF);
        return c switch
        {
            < 0xC0 => 0,
            <= 0xDE => c + 0x20,
            >= 0x0391 and <= 0x03A9 => c + 0x20,
            >= 0x0410 and <= 0x042F => c + 0x20,
            >= 0x0400 and <= 0x040F => c + 0x50,
            0x060C or 0x061B or 0x061F or 0x06D4 or 0x0964 or 0x0965 => 0,
            >= 0x2000 and <= 0x303F => 0,
            >= 0xFF00 and <= 0xFF0F => 0,
            >= 0x1F000 and <= 0x1FFFF => 0,
            _ => c,
        };
    }
}
