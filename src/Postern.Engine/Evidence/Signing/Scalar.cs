using System.Buffers.Binary;
using System.Numerics;

namespace Postern.Engine.Evidence.Signing;

/// <summary>
/// Arithmetic modulo the group order L, by Barrett reduction (Handbook of Applied Cryptography, 14.42) on 64-bit words,
/// without branches on values.
/// </summary>
internal static class Scalar
{
    private const int Words = 4;

    private static readonly ulong[] s_order = [0x5812631a5cf5d3ed, 0x14def9dea2f79cd6, 0, 0x1000000000000000];

    // floor(2^512 / L), five words.
    private static readonly ulong[] s_reciprocal = ComputeReciprocal();

    /// <summary>wide (64 bytes) modulo L, 32 bytes.</summary>
    public static void Reduce(ReadOnlySpan<byte> wide, Span<byte> result)
    {
        Span<ulong> x = stackalloc ulong[2 * Words];
        Load(wide, x);
        Reduce(x, result);
    }

    /// <summary>a * b + c modulo L; each 32 bytes, with a * b + c below 2^512.</summary>
    public static void MultiplyAdd(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, ReadOnlySpan<byte> c, Span<byte> result)
    {
        Span<ulong> left = stackalloc ulong[Words];
        Span<ulong> right = stackalloc ulong[Words];
        Span<ulong> product = stackalloc ulong[2 * Words];
        Load(a, left);
        Load(b, right);
        Multiply(left, right, product);
        Load(c, left);
        ulong carry = 0;
        for (var i = 0; i < product.Length; i++)
        {
            var sum = (UInt128)product[i] + (i < Words ? left[i] : 0) + carry;
            product[i] = (ulong)sum;
            carry = (ulong)(sum >> 64);
        }

        Reduce(product, result);
        left.Clear();
        right.Clear();
        product.Clear();
    }

    /// <summary>Sixty-four digits from -8 to 8 with scalar = sum of digit[i] * 16^i; the scalar is below 2^255.</summary>
    public static void ToSignedNibbles(ReadOnlySpan<byte> scalar, Span<sbyte> digits)
    {
        var carry = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = ((scalar[i / 2] >> (4 * (i & 1))) & 15) + carry;
            carry = i == digits.Length - 1 ? 0 : (digit + 8) >> 4;
            digits[i] = (sbyte)(digit - (carry << 4));
        }
    }

    private static void Reduce(ReadOnlySpan<ulong> x, Span<byte> result)
    {
        Span<ulong> estimate = stackalloc ulong[10];
        Multiply(x[(Words - 1)..], s_reciprocal, estimate);
        Span<ulong> multiple = stackalloc ulong[5 + Words];
        Multiply(estimate[(Words + 1)..], s_order, multiple);

        Span<ulong> rest = stackalloc ulong[Words + 1];
        Subtract(x[..(Words + 1)], multiple[..(Words + 1)], rest);
        Span<ulong> order = [.. s_order, 0];
        SubtractWhenNotBelow(rest, order);
        SubtractWhenNotBelow(rest, order);
        for (var i = 0; i < Words; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(result[(8 * i)..], rest[i]);
        }

        estimate.Clear();
        multiple.Clear();
        rest.Clear();
    }

    private static void SubtractWhenNotBelow(Span<ulong> value, ReadOnlySpan<ulong> amount)
    {
        Span<ulong> less = stackalloc ulong[Words + 1];
        var keep = 0UL - Subtract(value, amount, less);
        for (var i = 0; i < value.Length; i++)
        {
            value[i] = less[i] ^ (keep & (less[i] ^ value[i]));
        }

        less.Clear();
    }

    // Returns the borrow, 0 or 1.
    private static ulong Subtract(ReadOnlySpan<ulong> x, ReadOnlySpan<ulong> y, Span<ulong> result)
    {
        ulong borrow = 0;
        for (var i = 0; i < result.Length; i++)
        {
            var difference = (UInt128)x[i] - y[i] - borrow;
            result[i] = (ulong)difference;
            borrow = (ulong)(difference >> 64) & 1;
        }

        return borrow;
    }

    private static void Multiply(ReadOnlySpan<ulong> x, ReadOnlySpan<ulong> y, Span<ulong> product)
    {
        product.Clear();
        for (var i = 0; i < x.Length; i++)
        {
            ulong carry = 0;
            for (var j = 0; j < y.Length; j++)
            {
                var sum = Math.BigMul(x[i], y[j]) + product[i + j] + carry;
                product[i + j] = (ulong)sum;
                carry = (ulong)(sum >> 64);
            }

            product[i + y.Length] = carry;
        }
    }

    private static void Load(ReadOnlySpan<byte> bytes, Span<ulong> words)
    {
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = BinaryPrimitives.ReadUInt64LittleEndian(bytes[(8 * i)..]);
        }
    }

    private static ulong[] ComputeReciprocal()
    {
        Span<byte> order = stackalloc byte[32];
        for (var i = 0; i < Words; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(order[(8 * i)..], s_order[i]);
        }

        var quotient = (BigInteger.One << 512) / new BigInteger(order, isUnsigned: true);
        Span<byte> bytes = stackalloc byte[40];
        bytes.Clear();
        _ = quotient.TryWriteBytes(bytes, out _, isUnsigned: true);
        var words = new ulong[5];
        Load(bytes, words);
        return words;
    }
}
