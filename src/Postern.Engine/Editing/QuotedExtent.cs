using Postern.Engine.Views;

namespace Postern.Engine.Editing;

/// <summary>How far a value in quotes reaches when a quote of its own, escaped, stands in it.</summary>
internal static class QuotedExtent
{
    /// <summary>The end of the value: before the quote that closes it where an escaped one follows, else where it was.</summary>
    public static int EndOf(ReadOnlySpan<byte> bytes, ByteRange value, int stop)
    {
        var end = value.End;
        if (value.Start == 0 || bytes[value.Start - 1] is not ((byte)'"' or (byte)'\'' or (byte)'`') || Rest(bytes[value.Start..end], bytes[end..stop]) is not { } at)
        {
            return end;
        }

        // The text may itself be quoted, as in JSON: what has more backslashes before it than the opening quote is no end.
        var quote = bytes[value.Start - 1];
        var depth = BackslashesBefore(bytes, value.Start - 1);
        for (at += end; at < stop && bytes[at] != '\n'; at++)
        {
            if (bytes[at] == quote && BackslashesBefore(bytes, at) <= depth)
            {
                return at - depth;
            }
        }

        return at;
    }

    /// <summary>Where the search goes on when the value stopped at an escape; null where it did not.</summary>
    private static int? Rest(ReadOnlySpan<byte> value, ReadOnlySpan<byte> rest)
    {
        var skip = rest.IndexOfAnyExcept((byte)'\\');
        return skip > 0 || value is [.., (byte)'\\'] ? Math.Max(skip, 0) : null;
    }

    private static int BackslashesBefore(ReadOnlySpan<byte> bytes, int at)
    {
        var start = at;
        while (start > 0 && bytes[start - 1] == '\\')
        {
            start--;
        }

        return at - start;
    }
}
