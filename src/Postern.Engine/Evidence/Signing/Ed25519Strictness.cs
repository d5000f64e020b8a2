using System.Buffers.Binary;

namespace Postern.Engine.Evidence.Signing;

/// <summary>
/// The checks RFC 8032 leaves open, decided once for every implementation, on bytes alone. Refused: S at or above the group order
/// (a second signature could be made from a first), a key that is not canonically encoded (two spellings of one key), and a key of
/// small order (one signature would fit many messages). R needs no check of its own: it is compared as bytes with the canonical
/// encoding of what it must be.
/// </summary>
public static class Ed25519Strictness
{
    // The group order L, least significant word first (RFC 8032 section 5.1).
    private static readonly ulong[] s_order = [0x5812631a5cf5d3ed, 0x14def9dea2f79cd6, 0, 0x1000000000000000];

    // The y coordinates of the eight points whose order divides 8, sign bit cleared: 0, 1, p-1, and the two of order eight.
    private static readonly byte[][] s_smallOrder =
    [
        Convert.FromHexString("0000000000000000000000000000000000000000000000000000000000000000"),
        Convert.FromHexString("0100000000000000000000000000000000000000000000000000000000000000"),
        Convert.FromHexString("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
        Convert.FromHexString("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
        Convert.FromHexString("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
    ];

    /// <summary>True when the bytes are a key worth asking the curve about: 32 bytes, y below p, not of small order.</summary>
    public static bool AcceptsKey(ReadOnlySpan<byte> publicKey)
    {
        if (publicKey.Length != IEd25519.PublicKeyBytes || !IsBelowFieldPrime(publicKey))
        {
            return false;
        }

        Span<byte> y = stackalloc byte[IEd25519.PublicKeyBytes];
        publicKey.CopyTo(y);
        y[31] &= 0x7f;
        foreach (var small in s_smallOrder)
        {
            if (y.SequenceEqual(small))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>True when the signature is 64 bytes and its S is below the group order.</summary>
    public static bool AcceptsSignature(ReadOnlySpan<byte> signature)
    {
        if (signature.Length != IEd25519.SignatureBytes)
        {
            return false;
        }

        for (var word = 3; word >= 0; word--)
        {
            var value = BinaryPrimitives.ReadUInt64LittleEndian(signature[(32 + (word * 8))..]);
            if (value != s_order[word])
            {
                return value < s_order[word];
            }
        }

        return false;
    }

    // p = 2^255 - 19: only 0xed..0xff followed by 30 bytes of 0xff and 0x7f is at or above it.
    private static bool IsBelowFieldPrime(ReadOnlySpan<byte> encoded) =>
        (encoded[31] & 0x7f) != 0x7f
        || encoded[1..31].IndexOfAnyExcept((byte)0xff) >= 0
        || encoded[0] < 0xed;
}
