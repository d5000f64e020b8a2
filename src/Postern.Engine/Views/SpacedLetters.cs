using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Postern.Engine.Detection.Rules;

namespace Postern.Engine.Views;

/// <summary>
/// Says, 64 bytes at a time, where letters may have been spaced out: four or more words of at most four characters in a row, with at
/// least sixteen characters, are at least nineteen bytes, in or before each of which stands a blank, four bytes away at most.
/// </summary>
internal static class SpacedLetters
{
    private const int MaxWord = 4;

    // Tab, line feed, form feed, carriage return (row 0) and the blank (row 2), as bits of the upper nibble by lower nibble.
    private static readonly Vector128<byte> s_blanks = Vector128.Create((byte)4, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 1, 1, 0, 0);

    /// <summary>Writes the runs of such bytes: each begins with a blank or the text, and ends in the fifth character of a word or with the text.</summary>
    public static void Find(ReadOnlySpan<byte> text, RangeList runs)
    {
        runs.Clear();
        var tracker = default(RunTracker);
        // What lies outside the text delimits words like a blank.
        var before = ulong.MaxValue;
        Span<byte> tail = stackalloc byte[TextBlock.Bytes];
        var at = 0;
        for (; at < text.Length; at += TextBlock.Bytes)
        {
            scoped var rest = text[at..];
            if (rest.Length < TextBlock.Bytes)
            {
                tail.Fill((byte)'!');
                rest.CopyTo(tail);
                rest = tail;
            }

            var blanks = TextBlock.At(ref MemoryMarshal.GetReference(rest)).Members(s_blanks);
            var near = blanks;
            for (var distance = 1; distance <= MaxWord; distance++)
            {
                near |= (blanks << distance) | (before >> (TextBlock.Bytes - distance));
            }

            tracker.Add(near, at, runs);
            before = blanks;
        }

        tracker.Finish(at, runs);
        runs.Clamp(text.Length);
    }
}
