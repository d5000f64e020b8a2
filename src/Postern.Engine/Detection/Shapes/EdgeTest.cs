namespace Postern.Engine.Detection.Shapes;

/// <summary>Looks at what stands next to a candidate.</summary>
internal static class EdgeTest
{
    /// <summary>How far back the start of a line is sought.</summary>
    private const int MaxIndent = 64;

    public static bool Left(ReadOnlySpan<byte> text, int start, Edge edge)
    {
        if (start == 0 || edge is Edge.None or Edge.Body)
        {
            return true;
        }

        if (edge == Edge.Line)
        {
            return StartsLine(text, start);
        }

        var before = text[start - 1];
        if (edge == Edge.Digit)
        {
            return !IsDigit(before);
        }

        var touches = IsWord(before) && !EndsEscape(text[..start]);
        return !touches && (edge != Edge.Strict || before is not ((byte)'-' or (byte)'.' or (byte)'/' or (byte)'+'));
    }

    public static bool Right(ReadOnlySpan<byte> text, int end, Edge edge, Alphabet last)
    {
        if (end == text.Length || edge == Edge.None)
        {
            return true;
        }

        var after = text[end];
        return edge switch
        {
            Edge.Digit => !IsDigit(after),
            Edge.Body => !last.Contains(after),
            Edge.Line => after is (byte)'\n' or (byte)'\r',
            Edge.Strict => !last.Contains(after) && !IsWord(after) && after is not ((byte)'+' or (byte)'/' or (byte)'=' or (byte)'-'),
            _ => !last.Contains(after) && !IsWord(after),
        };
    }

    public static bool IsWord(byte b) => char.IsAsciiLetterOrDigit((char)b) || b == (byte)'_';

    private static bool IsDigit(byte b) => b is >= (byte)'0' and <= (byte)'9';

    /// <summary>True when the text ends in an escape whose last character only looks like part of a word: <c>\n</c>, <c>%3D</c>, <c>\u003d</c>.</summary>
    private static bool EndsEscape(ReadOnlySpan<byte> text)
    {
        if (text.Length >= 2 && text[^2] == (byte)'\\' && text[^1] is (byte)'n' or (byte)'r' or (byte)'t' or (byte)'b' or (byte)'f')
        {
            return true;
        }

        if (text.Length >= 3 && text[^3] == (byte)'%' && IsHex(text[^1]) && IsHex(text[^2]))
        {
            return true;
        }

        return text.Length >= 6 && text[^6] == (byte)'\\' && text[^5] == (byte)'u' && IsHex(text[^1]) && IsHex(text[^2]);
    }

    private static bool IsHex(byte b) => char.IsAsciiHexDigit((char)b);

    private static bool StartsLine(ReadOnlySpan<byte> text, int start)
    {
        var at = start;
        var stop = Math.Max(0, start - MaxIndent);
        while (at > stop && text[at - 1] is (byte)' ' or (byte)'\t' or (byte)'#' or (byte)'*' or (byte)'>' or (byte)'"' or (byte)'-' or (byte)'[')
        {
            at--;
        }

        return at == 0 || text[at - 1] == (byte)'\n' || text[at - 1] == (byte)'\r'
            || (at >= 2 && text[at - 2] == (byte)'\\' && text[at - 1] is (byte)'n' or (byte)'r');
    }
}
