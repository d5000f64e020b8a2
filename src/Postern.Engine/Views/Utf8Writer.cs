using System.Text;

namespace Postern.Engine.Views;

/// <summary>Writes code points as UTF-8; what is no code point becomes the replacement character.</summary>
internal static class Utf8Writer
{
    public const int MaxLength = 4;

    /// <summary>Writes one code point and says how many bytes it took.</summary>
    public static int Write(int codePoint, Span<byte> to)
    {
        if (codePoint is >= 0 and < 0x80)
        {
            to[0] = (byte)codePoint;
            return 1;
        }

        var rune = Rune.IsValid(codePoint) ? new Rune(codePoint) : Rune.ReplacementChar;
        return rune.EncodeToUtf8(to);
    }
}
