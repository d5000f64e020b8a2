namespace Postern.Engine.Views;

/// <summary>
/// Base58 in the alphabet of Bitcoin: a number, so a word is decoded whole or not at all. Whether it would be text is known
/// from its first digits, before the rest is worked out.
/// </summary>
internal static class Base58Decoder
{
    /// <summary>The shortest word that is read: twelve bytes of text.</summary>
    private const int MinWord = 16;

    /// <summary>The longest; the work grows with the square of the length.</summary>
    private const int MaxWord = 512;

    private const int MinText = 10;
    private const int LeadDigits = 10;
    private const int LeadBits = 40;
    private const int DigitsAtOnce = 5;
    private const uint Base = 58;

    private static ReadOnlySpan<byte> Alphabet => "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"u8;

    private static readonly sbyte[] s_values = Values();

    public static void Decode(ReadOnlySpan<byte> input, Level parent, Level output)
    {
        Span<byte> decoded = stackalloc byte[MaxWord];
        foreach (var run in parent.Runs.Items)
        {
            for (var at = run.Start; at < run.End && !output.Overflowed;)
            {
                var start = at;
                while (at < run.End && Ascii.IsAlphanumeric(input[at]))
                {
                    at++;
                }

                if (at - start is >= MinWord and <= MaxWord && MayBeText(input[start..at]) && parent.IsNew(start, at))
                {
                    Read(input, new ByteRange(start, at), decoded, output);
                }

                at++;
            }
        }
    }

    // The first five bytes, worked out in floating point, which leaves eight bits of room for its error. Noise passes seven in a thousand times.
    private static bool MayBeText(ReadOnlySpan<byte> word)
    {
        ulong lead = 0;
        foreach (var b in word[..LeadDigits])
        {
            var value = b < 128 ? s_values[b] : -1;
            if (value < 0)
            {
                return false;
            }

            lead = (lead * Base) + (uint)value;
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
                if (s_values[input[at]] < 0)
                {
                    return;
                }

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

    private static sbyte[] Values()
    {
        var values = new sbyte[256];
        Array.Fill(values, (sbyte)-1);
        for (var i = 0; i < Alphabet.Length; i++)
        {
            values[Alphabet[i]] = (sbyte)i;
        }

        return values;
    }
}
