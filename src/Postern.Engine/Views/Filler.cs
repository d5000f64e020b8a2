using System.Buffers;
using System.Text;

namespace Postern.Engine.Views;

/// <summary>
/// Takes the padding out of a text, for whoever can keep only a little of it: a run of invisible characters and blanks becomes one
/// character, whatever its length. All else stays byte for byte, what is no UTF-8 included.
/// </summary>
public static class Filler
{
    /// <summary>So many variation selectors in a row carry a text of their own; <see cref="UnicodeFold"/> reads it.</summary>
    private const int MinHiddenRun = 4;

    /// <summary>Room in which something fits always: a run and the few selectors that stay together.</summary>
    public const int MinRoom = MaxBytes + (4 * MinHiddenRun);

    /// <summary>What a run takes at most.</summary>
    public const int MaxBytes = 3;

    private static readonly SearchValues<byte> s_suspects = SearchValues.Create(
        [.. Enumerable.Range(0, 256).Where(static b => b is <= ' ' or >= 0x7F).Select(static b => (byte)b)]);

    /// <summary>Writes <paramref name="text"/> without its padding, as much as there is room for; returns the bytes written.</summary>
    /// <param name="text">Any bytes; afterwards what was not looked at, because there was no more room.</param>
    /// <param name="into">Where to; at least <see cref="MinRoom"/>, so that something fits.</param>
    /// <param name="before">The last visible byte before the text: marks on an ASCII character are filler. 0x80 or more when there is none.</param>
    /// <param name="run">The filler before the text, and after it. It is written only before something visible.</param>
    public static int Squeeze(ref ReadOnlySpan<byte> text, Span<byte> into, byte before, ref FillerRun run)
    {
        var written = 0;
        while (!text.IsEmpty && written < into.Length)
        {
            var length = FillerAt(text, isAfterAscii: (written > 0 ? into[written - 1] : before) < 0x80, out var kind);
            if (length > 0)
            {
                run = kind > run ? kind : run;
            }
            else
            {
                if (!TryBreak(into, ref written, ref run))
                {
                    break;
                }

                length = VisibleAt(text, into.Length - written);
                if (length == 0)
                {
                    break;
                }

                text[..length].CopyTo(into[written..]);
                written += length;
            }

            text = text[length..];
        }

        return written;
    }

    /// <summary>The run that a squeezed text begins with.</summary>
    public static FillerRun LeadOf(ReadOnlySpan<byte> squeezed)
    {
        var run = FillerRun.LineBreak;
        while (run != FillerRun.None && !squeezed.StartsWith(Of(run)))
        {
            run--;
        }

        return run;
    }

    /// <summary>Bytes that a run takes.</summary>
    public static int Bytes(FillerRun run) => Of(run).Length;

    private static ReadOnlySpan<byte> Of(FillerRun run) => run switch
    {
        FillerRun.Invisible => "\u200B"u8,
        FillerRun.Blank => " "u8,
        FillerRun.LineBreak => "\n"u8,
        _ => [],
    };

    private static bool TryBreak(Span<byte> into, ref int written, ref FillerRun run)
    {
        if (into.Length - written <= MaxBytes)
        {
            return run == FillerRun.None;
        }

        var filler = Of(run);
        filler.CopyTo(into[written..]);
        written += filler.Length;
        run = FillerRun.None;
        return true;
    }

    /// <summary>Bytes up to the next one that may be filler, as many as there is room for; 0 when there is none for the first character.</summary>
    private static int VisibleAt(ReadOnlySpan<byte> text, int room)
    {
        var first = HiddenAt(text);
        if (first == 0)
        {
            Rune.DecodeFromUtf8(text, out _, out first);
        }

        if (first > room)
        {
            return 0;
        }

        var more = text[first..].IndexOfAny(s_suspects);
        return Math.Min(room, more < 0 ? text.Length : first + more);
    }

    /// <summary>Bytes of a hidden text to take at once: one selector, or the last few, so that the rest never looks like filler.</summary>
    private static int HiddenAt(ReadOnlySpan<byte> text)
    {
        if (!IsHiddenText(text))
        {
            return 0;
        }

        Rune.DecodeFromUtf8(text, out _, out var length);
        if (IsHiddenText(text[length..]))
        {
            return length;
        }

        for (var count = 1; count < MinHiddenRun; count++)
        {
            Rune.DecodeFromUtf8(text[length..], out _, out var next);
            length += next;
        }

        return length;
    }

    /// <summary>Bytes of the filler that a text begins with; 0 when it begins with something visible.</summary>
    private static int FillerAt(ReadOnlySpan<byte> text, bool isAfterAscii, out FillerRun kind)
    {
        kind = text[0] is (byte)'\n' or (byte)'\r' ? FillerRun.LineBreak : text[0] is (byte)' ' or (byte)'\t' ? FillerRun.Blank : FillerRun.Invisible;
        if (text[0] < 0x80)
        {
            return text[0] is <= (byte)' ' or 0x7F ? 1 : 0;
        }

        if (Rune.DecodeFromUtf8(text, out var rune, out var length) != OperationStatus.Done)
        {
            return 0;
        }

        var action = FoldTable.Instance.Action(rune);
        if (action == (FoldTable.FirstAscii | ' '))
        {
            kind = FillerRun.Blank;
            return length;
        }

        var isDropped = action == FoldTable.Drop || (action is FoldTable.Mark or FoldTable.Join && isAfterAscii);
        return isDropped && !IsHiddenText(text) ? length : 0;
    }

    private static bool IsHiddenText(ReadOnlySpan<byte> text)
    {
        for (var count = 0; count < MinHiddenRun; count++)
        {
            if (Rune.DecodeFromUtf8(text, out var rune, out var length) != OperationStatus.Done || !IsSelector(rune))
            {
                return false;
            }

            text = text[length..];
        }

        return true;
    }

    internal static bool IsSelector(Rune rune) => rune.Value is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF);
}
