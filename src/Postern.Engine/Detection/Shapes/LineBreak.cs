using System.Buffers;

namespace Postern.Engine.Detection.Shapes;

/// <summary>Line ends and white space between the lines of a multi-line credential, raw or as host syntaxes write them.</summary>
internal static class LineBreak
{
    /// <summary>How far a break may reach; long enough for CRLF, indentation and a comment mark.</summary>
    public const int MaxLength = 64;

    /// <summary>The longest number of a line, and the longest tag that breaks one.</summary>
    private const int MaxMark = 8;

    private static readonly SearchValues<byte> s_marks = SearchValues.Create(",:;.)>|#*[]"u8);

    /// <summary>The first place at or after <paramref name="at"/> that is not part of a break.</summary>
    public static int Skip(ReadOnlySpan<byte> text, int at) => Skip(text, at, withMarks: false);

    /// <summary>The same, with what numbers, quotes or separates lines.</summary>
    public static int SkipMargin(ReadOnlySpan<byte> text, int at) => Skip(text, at, withMarks: true);

    private static int Skip(ReadOnlySpan<byte> text, int at, bool withMarks)
    {
        var stop = Math.Min(text.Length, at + MaxLength);
        while (at < stop)
        {
            var length = LengthAt(text, at);
            length = length == 0 && withMarks ? MarkAt(text[at..]) : length;
            if (length == 0)
            {
                return at;
            }

            at += length;
        }

        return at;
    }

    private static int MarkAt(ReadOnlySpan<byte> rest)
    {
        if (IsMark(rest[0]))
        {
            return 1;
        }

        var near = rest[..Math.Min(rest.Length, MaxMark)];
        if (rest[0] == '<')
        {
            return near.IndexOf((byte)'>') + 1;
        }

        // A number is a mark only where it is set apart, since the lines of a key begin with digits too; a name, where it is one of JSON or stands alone.
        var digits = near.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        var name = near.IndexOfAnyExceptInRange((byte)'a', (byte)'z');
        return digits > 0 && (LengthAt(rest, digits) > 0 || IsMark(rest[digits])) ? digits
            : name > 0 && (near[name] == '\n' || near[name..].StartsWith("\":"u8)) ? name : 0;
    }

    private static bool IsMark(byte b) => b >= 0x80 || s_marks.Contains(b);

    private static int LengthAt(ReadOnlySpan<byte> text, int at)
    {
        var rest = text[at..];
        if (rest[0] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)'"' or (byte)'\'' or (byte)'+')
        {
            return 1;
        }

        if (rest[0] == (byte)'\\' && rest.Length > 1 && rest[1] is (byte)'n' or (byte)'r' or (byte)'t' or (byte)'\\')
        {
            return rest[1] == (byte)'\\' ? 1 : 2;
        }

        return rest.StartsWith("%0A"u8) || rest.StartsWith("%0D"u8) || rest.StartsWith("%0a"u8) || rest.StartsWith("%0d"u8) ? 3
            : rest.StartsWith("&#10;"u8) || rest.StartsWith("&#13;"u8) ? 5
            : 0;
    }
}
