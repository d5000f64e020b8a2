using System.Buffers;

namespace Postern.Engine.Views;

/// <summary>
/// Takes out what stands between the halves of a token in source code and markup: the quotes and operators of adjacent
/// literals, template brackets, empty markup, emphasis marks, a hyphen at the end of a line.
/// </summary>
internal static class SpliceDecoder
{
    /// <summary>The longest stretch of quotes, operators and white space between two literals.</summary>
    private const int MaxGlue = 32;

    /// <summary>The longest run of tags.</summary>
    private const int MaxMarkup = 512;

    private static readonly SearchValues<byte> s_marks = SearchValues.Create("\"'`<*"u8);
    private static readonly SearchValues<byte> s_marksAndBreaks = SearchValues.Create("\"'`<*\n"u8);
    private static readonly SearchValues<byte> s_glue = SearchValues.Create(" \t\r\n+.&|\\(){}$;"u8);
    private static readonly SearchValues<byte> s_tokenBytes = SearchValues.Create(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_+/"u8);

    // Asked about every quotation mark, so that a search would cost more than the answer.
    private static readonly bool[] s_isToken = [.. Enumerable.Range(0, 256).Select(static b => s_tokenBytes.Contains((byte)b) || b == '-')];

    /// <summary>Reads the text; where an HTML reader has seen it, markup is left alone.</summary>
    public static void Decode(ReadOnlySpan<byte> input, Level parent, bool readsMarkup, Level output)
    {
        var rewriter = new Rewriter(input, output);
        var hasHyphens = (parent.Features & Feature.LineBreak) != 0 && (input.IndexOf("-\n"u8) >= 0 || input.IndexOf("-\r\n"u8) >= 0);
        var marks = hasHyphens ? s_marksAndBreaks : s_marks;
        var from = 1;
        while (from < input.Length && input[from..].IndexOfAny(marks) is >= 0 and var offset)
        {
            var at = from + offset;
            var start = at;
            var end = input[at] == '\n' ? AfterHyphen(input, ref start) : IsToken(input[at - 1]) ? After(input, at, readsMarkup) : -1;
            if (end > at && end < input.Length && Joins(input, start, end) && start >= from - 1 && parent.IsNew(start, end))
            {
                rewriter.Replace(start, end - start, []);
            }

            from = Math.Max(end, at + 1);
        }

        rewriter.Finish();
    }

    private static bool IsToken(byte b) => s_isToken[b];

    // A hyphen alone between quotes is how a log writes nothing; it needs an operator to be a piece of something.
    private static bool Joins(ReadOnlySpan<byte> input, int start, int end) =>
        (s_tokenBytes.Contains(input[end]) && s_tokenBytes.Contains(input[start - 1]))
        || (IsToken(input[end]) && IsToken(input[start - 1]) && input[start..end].ContainsAny("+.&|"u8));

    private static int After(ReadOnlySpan<byte> input, int at, bool readsMarkup) => input[at] switch
    {
        (byte)'<' => readsMarkup ? AfterMarkup(input, at) : -1,
        (byte)'*' => AfterStars(input, at),
        _ => AfterLiteral(input, at),
    };

    private static int AfterLiteral(ReadOnlySpan<byte> input, int quote)
    {
        var at = quote + 1;
        var limit = Math.Min(input.Length, at + MaxGlue);
        while (at < limit && s_glue.Contains(input[at]))
        {
            // One bar is a choice of types, two join.
            at += input[at] != '|' ? 1 : at + 1 < limit && input[at + 1] == '|' ? 2 : MaxGlue;
        }

        // The prefix of a Python or C string.
        if (at + 1 < limit && "fFrRbBuUL@"u8.Contains(input[at]) && IsQuote(input[at + 1]) && !s_tokenBytes.Contains(input[at - 1]))
        {
            at++;
        }

        return at < limit && IsQuote(input[at]) ? at + 1 : -1;
    }

    private static bool IsQuote(byte b) => b is (byte)'"' or (byte)'\'' or (byte)'`';

    private static int AfterMarkup(ReadOnlySpan<byte> input, int at)
    {
        var limit = input[..Math.Min(input.Length, at + MaxMarkup)];
        while (at < limit.Length && input[at] == '<')
        {
            var isComment = limit[at..].StartsWith("<!--"u8);
            var name = at + 1 < limit.Length && input[at + 1] == '/' ? at + 2 : at + 1;
            var nameEnd = name;
            while (nameEnd < limit.Length && Ascii.IsAlphanumeric(input[nameEnd]))
            {
                nameEnd++;
            }

            if (!isComment && !HtmlTags.IsInline(input[name..nameEnd]))
            {
                return -1;
            }

            var close = isComment ? limit[at..].IndexOf("-->"u8) : limit[at..].IndexOf((byte)'>');
            if (close < 0)
            {
                return -1;
            }

            at += close + (isComment ? 3 : 1);
        }

        return at;
    }

    // One star multiplies.
    private static int AfterStars(ReadOnlySpan<byte> input, int at)
    {
        var length = input[at..].IndexOfAnyExcept((byte)'*');
        return length < 2 ? -1 : at + length;
    }

    private static int AfterHyphen(ReadOnlySpan<byte> input, ref int at)
    {
        var hyphen = at - (input[at - 1] == '\r' ? 2 : 1);
        if (hyphen <= 0 || input[hyphen] != '-' || !Ascii.IsAlphanumeric(input[hyphen - 1]))
        {
            return -1;
        }

        var end = at + 1;
        while (end < input.Length && end - at < MaxGlue && input[end] is (byte)' ' or (byte)'\t')
        {
            end++;
        }

        at = hyphen;
        return end;
    }
}
