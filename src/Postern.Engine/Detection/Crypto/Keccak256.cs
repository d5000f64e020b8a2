using System.Buffers.Binary;
using System.Numerics;

namespace Postern.Engine.Detection.Crypto;

/// <summary>Keccak-256 with the padding from before FIPS 202, as Ethereum uses it, of texts that fit into one block.</summary>
internal static class Keccak256
{
    /// <summary>The longest text, in bytes.</summary>
    public const int MaxBytes = Rate - 1;

    /// <summary>Bytes of a hash.</summary>
    public const int HashBytes = 32;

    private const int Rate = 136;
    private const int Lanes = 25;
    private const int Rounds = 24;

    /// <summary>Rotation offsets in the order in which the lanes are visited (FIPS 202, section 3.2.2).</summary>
    private static ReadOnlySpan<byte> Rotations => [1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44];

    /// <summary>The order itself.</summary>
    private static ReadOnlySpan<byte> Order => [10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1];

    /// <summary>Hashes <paramref name="text"/>, at most <see cref="MaxBytes"/>, to <paramref name="hash"/>.</summary>
    public static void Hash(ReadOnlySpan<byte> text, Span<byte> hash)
    {
        Span<byte> block = stackalloc byte[Rate];
        block.Clear();
        text.CopyTo(block);
        block[text.Length] = 0x01;
        block[Rate - 1] |= 0x80;
        Span<ulong> state = stackalloc ulong[Lanes];
        state.Clear();
        for (var i = 0; i < Rate / sizeof(ulong); i++)
        {
            state[i] = BinaryPrimitives.ReadUInt64LittleEndian(block[(i * sizeof(ulong))..]);
        }

        byte register = 1;
        for (var round = 0; round < Rounds; round++)
        {
            Diffuse(state);
            Move(state);
            Combine(state);
            state[0] ^= RoundConstant(ref register);
        }

        for (var i = 0; i < HashBytes / sizeof(ulong); i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(hash[(i * sizeof(ulong))..], state[i]);
        }
    }

    private static void Diffuse(Span<ulong> state)
    {
        Span<ulong> parity = stackalloc ulong[5];
        for (var x = 0; x < 5; x++)
        {
            parity[x] = state[x] ^ state[x + 5] ^ state[x + 10] ^ state[x + 15] ^ state[x + 20];
        }

        for (var i = 0; i < Lanes; i++)
        {
            state[i] ^= parity[(i + 4) % 5] ^ BitOperations.RotateLeft(parity[(i + 1) % 5], 1);
        }
    }

    private static void Move(Span<ulong> state)
    {
        var carried = state[1];
        for (var i = 0; i < Order.Length; i++)
        {
            (state[Order[i]], carried) = (BitOperations.RotateLeft(carried, Rotations[i]), state[Order[i]]);
        }
    }

    private static void Combine(Span<ulong> state)
    {
        Span<ulong> row = stackalloc ulong[5];
        for (var y = 0; y < Lanes; y += 5)
        {
            state.Slice(y, 5).CopyTo(row);
            for (var x = 0; x < 5; x++)
            {
                state[y + x] = row[x] ^ (~row[(x + 1) % 5] & row[(x + 2) % 5]);
            }
        }
    }

    /// <summary>Seven bits of a shift register (FIPS 202, algorithm 5), set at the places 0, 1, 3, 7, 15, 31 and 63.</summary>
    private static ulong RoundConstant(ref byte register)
    {
        var constant = 0UL;
        for (var i = 0; i < 7; i++)
        {
            constant |= (ulong)(register & 1) << ((1 << i) - 1);
            register = (byte)((register << 1) ^ ((register & 0x80) != 0 ? 0x71 : 0));
        }

        return constant;
    }
}
