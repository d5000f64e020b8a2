using System.Text;

namespace Postern.Engine.Views;

/// <summary>Text in a coding other than UTF-8, as UTF-8. What does not decode is left out: it is in the raw view.</summary>
internal static class CharsetDecoder
{
    /// <summary>Writes the text.</summary>
    public static void Decode(ReadOnlySpan<byte> input, Charset charset, Level output)
    {
        var encoding = charset.Encoding!;
        if (encoding.CodePage == Encoding.Unicode.CodePage || encoding.CodePage == Encoding.BigEndianUnicode.CodePage)
        {
            Utf16Decoder.Decode(input, encoding.CodePage == Encoding.BigEndianUnicode.CodePage, output);
        }
        else if (encoding.IsSingleByte)
        {
            DecodeBytes(input, charset, output);
        }
        else
        {
            DecodeCharacters(input, charset, output);
        }
    }

    private static void DecodeCharacters(ReadOnlySpan<byte> input, Charset charset, Level output)
    {
        var decoder = charset.Encoding!.GetDecoder();
        Span<char> chars = stackalloc char[4];
        Span<byte> utf8 = stackalloc byte[Utf8Writer.MaxLength];
        var (from, high) = (0, '\0');
        for (var at = 0; at < input.Length && !output.Overflowed; at++)
        {
            if (from == at && charset.KeepsAscii && input[at] < 0x80)
            {
                var length = input[at..].IndexOfAnyInRange((byte)0x80, (byte)0xFF);
                length = length < 0 ? input.Length - at : length;
                output.Copy(input.Slice(at, length), at);
                from = at + length;
                at = from - 1;
                continue;
            }

            // Byte by byte, so that it is known of every character where it came from.
            decoder.Convert(input.Slice(at, 1), chars, flush: at + 1 == input.Length, out _, out var count, out _);
            foreach (var c in chars[..count])
            {
                var code = char.IsLowSurrogate(c) && high != 0 ? char.ConvertToUtf32(high, c) : c;
                high = char.IsHighSurrogate(c) ? c : '\0';
                if (Rune.IsValid(code) && code is not (0xFFFD or 0xFEFF))
                {
                    output.Put(utf8[..Utf8Writer.Write(code, utf8)], from, at + 1 - from);
                }
            }

            from = count > 0 ? at + 1 : from;
        }
    }

    private static void DecodeBytes(ReadOnlySpan<byte> input, Charset charset, Level output)
    {
        Span<byte> all = stackalloc byte[256];
        for (var i = 0; i < all.Length; i++)
        {
            all[i] = (byte)i;
        }

        Span<char> table = stackalloc char[256];
        charset.Encoding!.GetChars(all, table);
        Span<byte> utf8 = stackalloc byte[Utf8Writer.MaxLength];
        for (var at = 0; at < input.Length && !output.Overflowed;)
        {
            var plain = charset.KeepsAscii ? input[at..].IndexOfAnyInRange((byte)0x80, (byte)0xFF) : 0;
            plain = plain < 0 ? input.Length - at : plain;
            output.Copy(input.Slice(at, plain), at);
            at += plain;
            if (at < input.Length)
            {
                output.Put(utf8[..Utf8Writer.Write(table[input[at]], utf8)], at, 1);
                at++;
            }
        }
    }
}
