using System.Runtime.Intrinsics;

namespace Postern.Engine.Views;

/// <summary>
/// Base58 in the alphabet of Bitcoin: a number, so a word is decoded whole or not at all. Whether it would be text is known
/// from its first digits, before the rest is worked out.
/// </summary>
internal static class Base58Decoder
{
    /// <summary>The longest; the work grows with the square of the length.</summary>
    private const int MaxWord = 512;

    private const int MinText = 10;
    private const int LeadDigits = 10;
    private const int LeadBits = 40;
    private const int DigitsAtOnce = 5;
    private const uint Base = 58;

    private static ReadOnlySpan<byte> Alphabet => "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"u8;

    private static readonly sbyte[] s_values = Ascii.ValuesIn(Alphabet);

    public static void Decode(ReadOnlySpan<byte> input, Level parent, Level output)
    {
        foreach (var token in parent.Base58Runs.Items)
        {
            // A word with a letter that is none of ours is none of ours.
            var isWord = (token.End == input.Length || !Ascii.IsAlphanumeric(input[token.End]))
                && (token.Start == 0 || !Ascii.IsAlphanumeric(input[token.Start - 1]));
            if (isWord && token.Length <= MaxWord && !output.Overflowed && parent.IsNew(token.Start, token.End) && MayBeText(input[token.Start..token.End]))
            {
                Read(input, token, parent.WorkOf(MaxWord), output);
            }
        }
    }

    /// <summary>The alphabet as <see cref="Detection.Rules.TextBlock.Members"/> takes it.</summary>
    public static Vector128<byte> Table()
    {
        Span<byte> table = stackalloc byte[Vector128<byte>.Count];
        table.Clear();
        foreach (var b in Alphabet)
        {
            table[b & 15] |= (byte)(1 << (b >> 4));
        }

        return Vector128.Create<byte>(table);
    }

    // The first five bytes, worked out in floating point, which leaves eight bits of room for its error. Noise passes seven in a thousand times.
    private static bool MayBeText(ReadOnlySpan<byte> word)
    {
        ulong lead = 0;
        foreach (var b in word[..LeadDigits])
        {
            lead = (lead * Base) + (uint)s_values[b];
        }

        var bits = Math.Log2(lead + 0.5) + ((word.Length - LeadDigits) * Math.Log2(Base));
        var top = (ulong)(Math.Pow(2, bits % 8) * (1L << LeadBits));
        for (var shift = LeadBits; shift > 0; shift -= 8)
        {
            if ((byte)(top >> shift) is < 0x20 or >= 0x7F)
            {
                return false;
            }
        }

        return true;
    }

    private static void Read(ReadOnlySpan<byte> input, ByteRange word, Span<byte> decoded, Level output)
    {
        Span<uint> limbs = stackalloc uint[MaxWord / DigitsAtOnce];
        var used = 0;
        for (var at = word.Start; at < word.End;)
        {
            uint chunk = 0;
            uint scale = 1;
            for (var i = 0; i < DigitsAtOnce && at < word.End; i++, at++)
            {
                chunk = (chunk * Base) + (uint)s_values[input[at]];
                scale *= Base;
            }

            ulong carry = chunk;
            for (var i = 0; i < used; i++)
            {
                carry += (ulong)limbs[i] * scale;
                limbs[i] = (uint)carry;
                carry >>= 32;
            }

            if (carry != 0)
            {
                limbs[used++] = (uint)carry;
            }
        }

        var length = 0;
        for (var i = (used * 4) - 1; i >= 0; i--)
        {
            var b = (byte)(limbs[i / 4] >> (i % 4 * 8));
            if (length > 0 || b != 0)
            {
                decoded[length++] = b;
            }
        }

        if (TextTest.IsText(decoded[..length], MinText))
        {
            output.Separate();
            output.Put(decoded[..length], word.Start, word.Length);
            output.Separate();
        }
    }
}
