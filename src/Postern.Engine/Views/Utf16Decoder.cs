using System.Buffers.Binary;
using System.Text;

namespace Postern.Engine.Views;

/// <summary>Text in UTF-16 of either byte order, with a byte order mark or known by the zero byte in every other place.</summary>
internal static class Utf16Decoder
{
    private const int Unit = 2;
    private const int Sample = 64;
    private const int MinText = 16;

    /// <summary>Writes the text as UTF-8; nothing when it is not UTF-16.</summary>
    public static void Decode(ReadOnlySpan<byte> input, Level output)
    {
        if (Order(input) is { } isBig)
        {
            Decode(input, isBig, output);
        }
    }

    /// <summary>Writes the text as UTF-8; its byte order is known.</summary>
    public static void Decode(ReadOnlySpan<byte> input, bool isBig, Level output)
    {
        Span<byte> utf8 = stackalloc byte[Utf8Writer.MaxLength];
        for (var at = 0; at + Unit <= input.Length && !output.Overflowed;)
        {
            int code = Read(input, at, isBig);
            var size = Unit;
            if (char.IsHighSurrogate((char)code) && at + (2 * Unit) <= input.Length && Read(input, at + Unit, isBig) is var low && char.IsLowSurrogate((char)low))
            {
                code = char.ConvertToUtf32((char)code, (char)low);
                size = 2 * Unit;
            }

            if (Rune.IsValid(code) && code != 0xFEFF)
            {
                output.Put(utf8[..Utf8Writer.Write(code, utf8)], at, size);
            }

            at += size;
        }
    }

    /// <summary>True for big-endian, false for little-endian, null for what is no UTF-16.</summary>
    public static bool? Order(ReadOnlySpan<byte> input)
    {
        if (input.Length < MinText)
        {
            return null;
        }

        if (input[..Unit].SequenceEqual((ReadOnlySpan<byte>)[0xFF, 0xFE]))
        {
            return false;
        }

        if (input[..Unit].SequenceEqual((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            return true;
        }

        var (even, odd) = (0, 0);
        var sample = input[..Math.Min(Sample, input.Length)];
        for (var i = 0; i < sample.Length; i++)
        {
            _ = sample[i] != 0 ? 0 : i % Unit == 0 ? even++ : odd++;
        }

        return odd * 4 >= sample.Length && even * 8 < sample.Length ? false : even * 4 >= sample.Length && odd * 8 < sample.Length ? true : null;
    }

    private static ushort Read(ReadOnlySpan<byte> input, int at, bool isBig) =>
        isBig ? BinaryPrimitives.ReadUInt16BigEndian(input[at..]) : BinaryPrimitives.ReadUInt16LittleEndian(input[at..]);
}
