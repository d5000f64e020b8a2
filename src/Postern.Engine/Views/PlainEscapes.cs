using System.Buffers;
using System.Text;

namespace Postern.Engine.Views;

/// <summary>
/// Recognises text whose escapes only quote it, as JSON in a string is: decoded it is there once more, every word as it was, so its sentences need not be read twice.
/// </summary>
internal static class PlainEscapes
{
    /// <summary>One byte in so many may be left out; the view then shows it nevertheless.</summary>
    private const int MostLeftOut = 8;

    /// <summary>
    /// True when the view that <see cref="EscapeDecoder"/> makes shows most of the text anyway, and none of its escapes takes a letter from a word or gives it one: whoever
    /// scattered such escapes could have words broken in the one view that is read.
    /// </summary>
    public static bool CoverMost(ReadOnlySpan<byte> text)
    {
        Span<byte> stands = stackalloc byte[Utf8Writer.MaxLength];
        var (from, covered, leftOut) = (0, 0, 0);
        while (from < text.Length && text[from..].IndexOf((byte)'\\') is >= 0 and var offset)
        {
            var start = from + offset;
            var letter = start + 1;
            while (letter < text.Length && text[letter] == '\\')
            {
                letter++;
            }

            from = EscapeDecoder.Read(text, letter, stands, out var length);
            if (length < 0 && letter - start == 1)
            {
                continue;
            }

            leftOut += Surroundings.LeftOut(covered, start);
            if (leftOut > text.Length / MostLeftOut || (length >= 0 && !IsPlain(text[letter], stands[..length], isGlued: (start > covered && Ascii.IsAlphanumeric(text[start - 1])) || (from < text.Length && Ascii.IsAlphanumeric(text[from])))))
            {
                return false;
            }

            covered = from;
        }

        return covered > 0 && leftOut + Surroundings.LeftOut(covered, text.Length) <= text.Length / MostLeftOut;
    }

    private static bool IsPlain(byte letter, ReadOnlySpan<byte> stands, bool isGlued) => letter switch
    {
        // The model takes these for line ends where they are not decoded, too.
        (byte)'n' or (byte)'r' or (byte)'t' or (byte)'"' or (byte)'\'' or (byte)'/' => true,
        (byte)'u' => !isGlued || IsMark(stands),
        _ => false,
    };

    /// <summary>Punctuation and symbols that are seen, and not read as letters; what is not seen joins the words around it.</summary>
    private static bool IsMark(ReadOnlySpan<byte> character) =>
        Rune.DecodeFromUtf8(character, out var rune, out _) == OperationStatus.Done
        && (Rune.IsPunctuation(rune) || Rune.IsSymbol(rune))
        && (rune.IsAscii || FoldTable.Instance.Action(rune) is var action && (action == FoldTable.AsIs || (action is >= FoldTable.FirstAscii and < FoldTable.FirstText && !Ascii.IsAlphanumeric((byte)action))));
}
