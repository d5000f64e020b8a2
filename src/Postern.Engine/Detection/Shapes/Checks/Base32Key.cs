using System.Buffers.Binary;

namespace Postern.Engine.Detection.Shapes.Checks;

/// <summary>Keys written in base32 with a checksum inside: NATS nkey seeds, Stellar seeds, Azure DevOps tokens of the older form.</summary>
internal static class Base32Key
{
    private const int DevOpsBytes = 32;
    private const uint DevOpsUser = 0xE0B9692D;
    private const uint DevOpsApplication = 0x1019F92E;
    private const byte StellarSeed = 0x90;

    /// <summary>The upper five bits of the first byte of every nkey seed.</summary>
    private const int NkeySeed = 18;

    public static bool IsNkeySeed(ReadOnlySpan<byte> token)
    {
        Span<byte> key = stackalloc byte[36];
        return Decode(token, key) && key[0] >> 3 == NkeySeed && EndsInCrc16(key);
    }

    public static bool IsStellarSeed(ReadOnlySpan<byte> token)
    {
        Span<byte> key = stackalloc byte[35];
        return Decode(token, key) && key[0] == StellarSeed && EndsInCrc16(key);
    }

    /// <summary>Four bytes spread over the token are the CRC-32 of the other twenty-eight, under one of two masks.</summary>
    public static bool IsDevOpsToken(ReadOnlySpan<byte> token)
    {
        Span<byte> key = stackalloc byte[DevOpsBytes];
        if (!Decode(token, key))
        {
            return false;
        }

        Span<byte> rest = [.. key[..2], .. key[3..7], .. key[9..22], .. key[23..]];
        var stated = (uint)(key[22] | key[8] << 8 | key[7] << 16 | key[2] << 24);
        var sum = Crc32.Of(rest);
        return stated == (sum ^ DevOpsUser) || stated == (sum ^ DevOpsApplication);
    }

    private static bool EndsInCrc16(ReadOnlySpan<byte> key) =>
        BinaryPrimitives.ReadUInt16LittleEndian(key[^2..]) == Crc16.Of(key[..^2]);

    /// <summary>Fills <paramref name="output"/> from base32 of one case; false at a foreign character or when the length differs.</summary>
    private static bool Decode(ReadOnlySpan<byte> text, Span<byte> output)
    {
        var (bits, held, written) = (0, 0, 0);
        foreach (var b in text)
        {
            var digit = char.IsAsciiLetter((char)b) ? (b | 0x20) - 'a' : b is >= (byte)'2' and <= (byte)'7' ? b - '2' + 26 : -1;
            if (digit < 0)
            {
                return false;
            }

            bits = (bits << 5 | digit) & 0xFFF;
            held += 5;
            if (held >= 8)
            {
                held -= 8;
                if (written == output.Length)
                {
                    return false;
                }

                output[written++] = (byte)(bits >> held);
            }
        }

        return written == output.Length;
    }
}
