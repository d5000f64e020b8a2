using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Postern.Engine.Detection.Rules;

namespace Postern.Engine.Views;

/// <summary>
/// Says, 64 bytes at a time, that a text surely has no letters that were spaced out: four or more words of at most four
/// characters in a row, with at least sixteen characters, are at least nineteen bytes of which every five hold a blank.
/// </summary>
internal static class SpacedLetters
{
    private const int MaxWord = 4;

    /// <summary>How many windows of five bytes in a row must hold a blank: nineteen bytes have fifteen.</summary>
    private const int MinWindows = 15;

    // Tab, line feed, form feed, carriage return (row 0) and the blank (row 2), as bits of the upper nibble by lower nibble.
    private static readonly Vector128<byte> s_blanks = Vector128.Create((byte)4, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 1, 1, 0, 0);

    /// <summary>False when there are none; true when a closer look is needed.</summary>
    public static bool MayBeIn(ReadOnlySpan<byte> text)
    {
        // What lies outside the text delimits words like a blank.
        var before = ulong.MaxValue;
        var open = 0;
        Span<byte> tail = stackalloc byte[TextBlock.Bytes];
        for (var at = 0; at <= text.Length; at += TextBlock.Bytes)
        {
            scoped var rest = text[at..];
            if (rest.Length < TextBlock.Bytes)
            {
                tail.Fill((byte)'!');
                rest.CopyTo(tail);
                rest = tail;
            }

            var blanks = TextBlock.At(ref MemoryMarshal.GetReference(rest)).Members(s_blanks);
            if (Spaced(blanks, before, ref open))
            {
                return true;
            }

            before = blanks;
        }

        return false;
    }

    // Bit i of a window mask: one of the five bytes that end at i is a blank.
    private static bool Spaced(ulong blanks, ulong before, ref int open)
    {
        var windows = blanks;
        for (var distance = 1; distance <= MaxWord; distance++)
        {
            windows |= (blanks << distance) | (before >> (TextBlock.Bytes - distance));
        }

        var lead = BitOperations.TrailingZeroCount(~windows);
        var isLong = open + lead >= MinWindows;
        open = lead == TextBlock.Bytes ? open + lead : BitOperations.LeadingZeroCount(~windows);
        var run = windows & (windows >> 1);
        run &= run >> 2;
        run &= run >> 4;
        run &= run >> 7;
        return isLong || run != 0;
    }
}
