namespace Postern.Engine.Detection.Secrets;

/// <summary>What stands between a name and its value.</summary>
internal static class Operators
{
    /// <summary>The place after an assignment at <paramref name="at"/>; -1 for anything else, comparisons included.</summary>
    public static int Skip(ReadOnlySpan<byte> text, int at)
    {
        var rest = text[at..];
        if (rest.IsEmpty)
        {
            return -1;
        }

        var length = rest[0] switch
        {
            (byte)'=' => AfterEquals(rest),
            (byte)':' => AfterColon(rest),
            (byte)'>' => 1,
            (byte)'?' when rest.StartsWith("?="u8) => 2,
            (byte)'|' when rest.StartsWith("||"u8) => IsDefault(rest),
            (byte)'?' when rest.StartsWith("??"u8) => IsDefault(rest),
            (byte)'+' when rest.StartsWith("+="u8) => 2,
            _ => 0,
        };
        return length == 0 ? -1 : at + length;
    }

    private static int AfterEquals(ReadOnlySpan<byte> rest) =>
        rest.StartsWith("=="u8) || rest.StartsWith("=~"u8) ? 0 : rest.StartsWith("=>"u8) ? 2 : 1;

    /// <summary>A colon, or make's assignments with one to three of them; two colons alone are a scope.</summary>
    private static int AfterColon(ReadOnlySpan<byte> rest)
    {
        var colons = Math.Max(1, rest[..Math.Min(3, rest.Length)].IndexOfAnyExcept((byte)':') is var end && end < 0 ? Math.Min(3, rest.Length) : end);
        if (rest[colons..].StartsWith("="u8))
        {
            return rest[colons..].StartsWith("=="u8) ? 0 : colons + 1;
        }

        return colons == 1 ? 1 : 0;
    }

    /// <summary>A default in place of a setting: <c>env.TOKEN || "…"</c>. Without a quote it is logic.</summary>
    private static int IsDefault(ReadOnlySpan<byte> rest)
    {
        var length = rest.Length > 2 && rest[2] == (byte)'=' ? 3 : 2;
        var value = rest[length..].TrimStart((byte)' ');
        return value.Length > 0 && value[0] is (byte)'"' or (byte)'\'' or (byte)'`' ? length : 0;
    }
}
