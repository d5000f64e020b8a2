using System.Buffers;

namespace Postern.Engine.Views;

/// <summary>
/// Reads JSON that is not whole or not well-formed: everything between unescaped quotes stands on lines of its own,
/// unescaped. It does not matter which side of a quote is inside a string, so a window may begin anywhere.
/// </summary>
internal static class JsonLooseDecoder
{
    private static readonly SearchValues<byte> s_marks = SearchValues.Create("\"\\"u8);

    public static void Decode(ReadOnlySpan<byte> input, Level output)
    {
        Span<byte> text = stackalloc byte[Utf8Writer.MaxLength];
        var at = 0;
        while (at < input.Length)
        {
            var length = input[at..].IndexOfAny(s_marks);
            if (length < 0)
            {
                output.Copy(input[at..], at);
                return;
            }

            output.Copy(input.Slice(at, length), at);
            at += length;
            if (input[at] == '"')
            {
                output.Separate();
                at++;
                continue;
            }

            var end = EscapeDecoder.Read(input, at + 1, text, out var size);
            if (size >= 0)
            {
                output.Put(text[..size], at, end - at);
                at = end;
                continue;
            }

            // An escaped backslash, or one that escapes nothing.
            output.Put((byte)'\\', at, 1);
            at += at + 1 < input.Length && input[at + 1] == '\\' ? 2 : 1;
        }
    }
}
