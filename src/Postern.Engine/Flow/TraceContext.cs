using System.Buffers;

namespace Postern.Engine.Flow;

/// <summary>The <c>traceparent</c> field of W3C Trace Context: <c>00-TRACE-PARENT-FLAGS</c>, hexadecimal digits in lower case.</summary>
public static class TraceContext
{
    /// <summary>The length of version 00.</summary>
    public const int Length = 55;

    private static readonly SearchValues<char> s_digits = SearchValues.Create("0123456789abcdef");

    /// <summary>True for version 00 as it is written, with ids that are not all zero. Anything else is not recorded: it would be text of the agent's own.</summary>
    public static bool IsSound(ReadOnlySpan<char> text) =>
        text.Length == Length && text.StartsWith("00-") && text[35] == '-' && text[52] == '-'
        && IsId(text[3..35]) && IsId(text[36..52]) && !text[53..].ContainsAnyExcept(s_digits);

    private static bool IsId(ReadOnlySpan<char> digits) => !digits.ContainsAnyExcept(s_digits) && digits.ContainsAnyExcept('0');
}
