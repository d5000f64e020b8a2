using System.Text;

namespace Postern.Engine.Detection.Shapes.Checks;

/// <summary>Bech32 (BIP-173) and bech32m (BIP-350) in one case, with any prefix and any payload.</summary>
internal static class Bech32
{
    private const uint Valid = 1;
    private const uint ValidModified = 0x2BC830A3;
    private const int ChecksumLength = 6;

    /// <summary>Extended keys of Cardano and Zcash are the longest texts that carry it.</summary>
    private const int MaxLength = 320;

    private static readonly uint[] s_generators = [0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3];

    private static ReadOnlySpan<byte> Digits => "qpzry9x8gf2tvdw0s3jn54khce6mua7l"u8;

    public static bool Passes(ReadOnlySpan<byte> token, bool modified)
    {
        var separator = token.LastIndexOf((byte)'1');
        if (separator < 1 || token.Length > MaxLength || token.Length - separator <= ChecksumLength)
        {
            return false;
        }

        Span<byte> lower = stackalloc byte[MaxLength];
        Ascii.ToLower(token, lower, out var length);
        var text = lower[..length];
        var sum = Prefix(text[..separator]);
        foreach (var b in text[(separator + 1)..])
        {
            var digit = Digits.IndexOf(b);
            if (digit < 0)
            {
                return false;
            }

            sum = Step(sum) ^ (uint)digit;
        }

        return sum == (modified ? ValidModified : Valid);
    }

    private static uint Prefix(ReadOnlySpan<byte> prefix)
    {
        var sum = 1u;
        foreach (var b in prefix)
        {
            sum = Step(sum) ^ (uint)(b >> 5);
        }

        sum = Step(sum);
        foreach (var b in prefix)
        {
            sum = Step(sum) ^ (uint)(b & 31);
        }

        return sum;
    }

    private static uint Step(uint sum)
    {
        var top = sum >> 25;
        sum = (sum & 0x1FFFFFF) << 5;
        for (var i = 0; i < s_generators.Length; i++)
        {
            sum ^= (top >> i & 1) != 0 ? s_generators[i] : 0;
        }

        return sum;
    }
}
