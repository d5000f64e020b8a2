using System.Text;

namespace Postern.Program.Scanning.Files;

/// <summary>
/// Comments <c>postern:ignore RULE reason</c>. The rule must be named (its id, or the beginning of ids with a final star) and the
/// reason given: a comment that says neither ignores nothing.
/// </summary>
internal static class IgnoreComment
{
    private static ReadOnlySpan<byte> Marker => "postern:ignore"u8;

    /// <summary>The reason for which <paramref name="line"/> ignores the rule; null when it does not.</summary>
    /// <param name="line">One line of the file.</param>
    /// <param name="rule">The id of the rule that was found.</param>
    /// <param name="alone">True when the line must hold nothing besides the comment: it stands above the line it speaks of.</param>
    public static string? ReasonIn(ReadOnlySpan<byte> line, string rule, bool alone)
    {
        for (var at = 0; line[at..].IndexOf(Marker) is >= 0 and var next;)
        {
            var start = at + next;
            at = start + Marker.Length;
            if (alone && HasWord(line[..start]))
            {
                return null;
            }

            if (ReasonAfter(line[at..], rule) is { } reason)
            {
                return reason;
            }
        }

        return null;
    }

    private static string? ReasonAfter(ReadOnlySpan<byte> rest, string rule)
    {
        if (rest.IsEmpty || rest[0] is not ((byte)' ' or (byte)'\t'))
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(rest[..Math.Min(rest.Length, 512)]).Trim();
        var end = text.AsSpan().IndexOfAny(' ', '\t');
        if (end < 0 || !Names(text.AsSpan(0, end), rule))
        {
            return null;
        }

        var reason = text[end..].Trim().TrimEnd('*', '/', '-', '>', '}', '#', ' ');
        return reason.Any(char.IsLetterOrDigit) ? Terminal.Plain(reason) : null;
    }

    private static bool Names(ReadOnlySpan<char> written, string rule) =>
        written is [_, .. var rest] && rest is [.., '*'] ? rule.AsSpan().StartsWith(written[..^1], StringComparison.Ordinal) : written.SequenceEqual(rule);

    private static bool HasWord(ReadOnlySpan<byte> before)
    {
        foreach (var value in before)
        {
            if (char.IsAsciiLetterOrDigit((char)value) || value >= 0x80)
            {
                return true;
            }
        }

        return false;
    }
}
