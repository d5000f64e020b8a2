using Postern.Engine.Detection;
using Postern.Engine.Views;

namespace Postern.Engine.Editing;

/// <summary>
/// What is cut with a hostile phrase: the sentence or the line it stands in, of a comment or an attribute all of it. A phrase found
/// under an encoding is cut as it was mapped, because sentences of the text around it say nothing there.
/// </summary>
internal static class HostileExtent
{
    /// <summary>How far the ends of a sentence, a tag or a comment are looked for; a longer one is cut there.</summary>
    private const int MaxReach = 16 * 1024;

    /// <summary>The range to cut, within the leaf.</summary>
    public static ByteRange Of(ReadOnlySpan<byte> bytes, ByteRange range, Finding finding, ByteRange leaf, Leaves leaves)
    {
        for (var i = 0; i < finding.Chain.Depth; i++)
        {
            if (finding.Chain[i] is not (Decoding.Json or Decoding.Form or Decoding.Multipart or Decoding.Html or Decoding.Fold or Decoding.Entity))
            {
                return range;
            }
        }

        var reach = new ByteRange(Math.Max(leaf.Start, range.Start - MaxReach), Math.Min(leaf.End, range.End + MaxReach));
        if (!leaves.IsHtml)
        {
            return new ByteRange(SentenceStart(bytes, range.Start, reach.Start), SentenceEnd(bytes, range.End, reach.End));
        }

        return Markup(bytes, range, reach);
    }

    /// <summary>The stretches of a range outside its tags: those stay, so that what is left is still the same document.</summary>
    public static IEnumerable<ByteRange> BetweenTags(ReadOnlyMemory<byte> message, ByteRange range)
    {
        var at = range.Start;
        while (at < range.End)
        {
            var tag = message.Span[at..range.End].IndexOf((byte)'<');
            if (tag != 0)
            {
                yield return new ByteRange(at, tag < 0 ? range.End : at + tag);
            }

            var close = tag < 0 ? -1 : message.Span[(at + tag)..range.End].IndexOf((byte)'>');
            at = close < 0 ? range.End : at + tag + close + 1;
        }
    }

    private static ByteRange Markup(ReadOnlySpan<byte> bytes, ByteRange range, ByteRange reach)
    {
        var before = bytes[reach.Start..range.Start];
        var opened = before.LastIndexOf((byte)'<');
        if (opened <= before.LastIndexOf((byte)'>'))
        {
            var from = reach.Start + before.LastIndexOf((byte)'>') + 1;
            var after = bytes[range.End..reach.End].IndexOf((byte)'<');
            var to = after < 0 ? reach.End : range.End + after;
            return new ByteRange(SentenceStart(bytes, range.Start, from), SentenceEnd(bytes, range.End, to));
        }

        if (before[opened..].StartsWith("<!--"u8))
        {
            var close = bytes[range.End..reach.End].IndexOf("-->"u8);
            return new ByteRange(reach.Start + opened + 4, close < 0 ? reach.End : range.End + close);
        }

        var quote = before.LastIndexOfAny((byte)'"', (byte)'\'', (byte)'=');
        var start = reach.Start + quote + 1;
        var isQuoted = quote >= 0 && before[quote] != '=';
        var end = isQuoted
            ? bytes[range.End..reach.End].IndexOf(before[quote])
            : bytes[range.End..reach.End].IndexOfAny(" \t\r\n>"u8);
        return new ByteRange(Math.Max(start, reach.Start + opened + 1), end < 0 ? range.End : range.End + end);
    }

    private static int SentenceStart(ReadOnlySpan<byte> bytes, int at, int floor)
    {
        while (at > floor && !IsLineEnd(bytes, at, floor))
        {
            if (at - floor > 1 && Ascii.IsSpace(bytes[at - 1]) && IsStop(bytes[at - 2]))
            {
                break;
            }

            at--;
        }

        return at;
    }

    private static int SentenceEnd(ReadOnlySpan<byte> bytes, int at, int ceiling)
    {
        if (IsStop(bytes[at - 1]))
        {
            return at;
        }

        for (; at < ceiling; at++)
        {
            if (bytes[at] is (byte)'\r' or (byte)'\n' || (bytes[at] == '\\' && at + 1 < ceiling && bytes[at + 1] is (byte)'n' or (byte)'r'))
            {
                return at;
            }

            if (IsStop(bytes[at]) && (at + 1 == ceiling || Ascii.IsSpace(bytes[at + 1]) || bytes[at + 1] is (byte)'"' or (byte)'\\' or (byte)'<'))
            {
                return at + 1;
            }

            // The second byte of an escape is never an end.
            at += bytes[at] == '\\' && at + 1 < ceiling ? 1 : 0;
        }

        return ceiling;
    }

    /// <summary>A line break before this place, as it stands or escaped as in JSON; an escaped backslash before an n is none.</summary>
    private static bool IsLineEnd(ReadOnlySpan<byte> bytes, int at, int floor)
    {
        if (bytes[at - 1] is (byte)'\r' or (byte)'\n')
        {
            return true;
        }

        if (bytes[at - 1] is not ((byte)'n' or (byte)'r'))
        {
            return false;
        }

        var backslashes = 0;
        for (var i = at - 2; i >= floor && bytes[i] == '\\'; i--)
        {
            backslashes++;
        }

        return backslashes % 2 == 1;
    }

    private static bool IsStop(byte value) => value is (byte)'.' or (byte)'!' or (byte)'?';
}
