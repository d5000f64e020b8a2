namespace Postern.Engine.Detection.Shapes;

/// <summary>Line ends and white space between the lines of a multi-line credential, raw or as host syntaxes write them.</summary>
internal static class LineBreak
{
    /// <summary>How far a break may reach; long enough for CRLF, indentation and a comment mark.</summary>
    public const int MaxLength = 64;

    /// <summary>The first place at or after <paramref name="at"/> that is not part of a break.</summary>
    public static int Skip(ReadOnlySpan<byte> text, int at)
    {
        var stop = Math.Min(text.Length, at + MaxLength);
        while (at < stop)
        {
            var length = LengthAt(text, at);
            if (length == 0)
            {
                return at;
            }

            at += length;
        }

        return at;
    }

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
