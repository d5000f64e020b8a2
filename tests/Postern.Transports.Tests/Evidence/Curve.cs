using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;

namespace Postern.Transports.Tests.Evidence;

/// <summary>
/// The twisted Edwards curve of RFC 8032 section 5.1 by the textbook, over big integers: slow, and independent of both implementations under
/// test. A point is (x, y); sums are made in projective coordinates, which need no inversion.
/// </summary>
internal static class Curve
{
    public static readonly BigInteger P = BigInteger.Pow(2, 255) - 19;
    public static readonly BigInteger L = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493", CultureInfo.InvariantCulture);
    private static readonly BigInteger s_d = Mod(-121665 * Invert(121666));

    public static readonly (BigInteger X, BigInteger Y) Zero = (0, 1);
    public static readonly (BigInteger X, BigInteger Y) Base = Decode(4 * Invert(5) % P, isOdd: false)!.Value;

    /// <summary>The eight points whose order divides 8.</summary>
    public static readonly (BigInteger X, BigInteger Y)[] Torsion = MakeTorsion();

    public static (BigInteger X, BigInteger Y) Add((BigInteger X, BigInteger Y) a, (BigInteger X, BigInteger Y) b) =>
        Affine(Add((a.X, a.Y, 1), (b.X, b.Y, 1)));

    public static (BigInteger X, BigInteger Y) Multiply(BigInteger k, (BigInteger X, BigInteger Y) point)
    {
        (BigInteger X, BigInteger Y, BigInteger Z) sum = (0, 1, 1);
        for (var bit = (int)k.GetBitLength() - 1; bit >= 0; bit--)
        {
            sum = Add(sum, sum);
            sum = (k >> bit).IsEven ? sum : Add(sum, (point.X, point.Y, 1));
        }

        return Affine(sum);
    }

    private static (BigInteger X, BigInteger Y, BigInteger Z) Add((BigInteger X, BigInteger Y, BigInteger Z) a, (BigInteger X, BigInteger Y, BigInteger Z) b)
    {
        var z = a.Z * b.Z % P;
        var x = a.X * b.X % P;
        var y = a.Y * b.Y % P;
        var product = s_d * x * y % P;
        var (less, more) = ((z * z) - product, (z * z) + product);
        return (Mod(z * less % P * (((a.X + a.Y) * (b.X + b.Y)) - x - y)), Mod(z * more % P * (y + x)), Mod(less * more));
    }

    private static (BigInteger X, BigInteger Y) Affine((BigInteger X, BigInteger Y, BigInteger Z) point)
    {
        var inverse = Invert(point.Z);
        return (Mod(point.X * inverse), Mod(point.Y * inverse));
    }

    public static (BigInteger X, BigInteger Y) Negate((BigInteger X, BigInteger Y) point) => (Mod(-point.X), point.Y);

    public static byte[] Encode((BigInteger X, BigInteger Y) point) => Bytes(point.Y + (point.X.IsEven ? 0 : BigInteger.Pow(2, 255)));

    public static (BigInteger X, BigInteger Y)? Decode(ReadOnlySpan<byte> encoded)
    {
        var number = Number(encoded);
        return Decode(number & (BigInteger.Pow(2, 255) - 1), isOdd: number >> 255 == 1);
    }

    public static byte[] Bytes(BigInteger number)
    {
        var bytes = new byte[32];
        number.TryWriteBytes(bytes, out _, isUnsigned: true);
        return bytes;
    }

    public static BigInteger Number(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true);

    /// <summary>k = SHA-512(R, A, M), not reduced.</summary>
    public static BigInteger Challenge(byte[] r, byte[] key, byte[] message) => Number(SHA512.HashData([.. r, .. key, .. message]));

    /// <summary>What the strict rules say: canonical key, not of small order, S below L, and R exactly the encoding of SB - kA.</summary>
    public static bool Accepts(byte[] key, byte[] message, byte[] signature)
    {
        if (key.Length != 32 || signature.Length != 64 || Number(signature.AsSpan(32)) >= L
            || Decode(key) is not { } a || !Encode(a).AsSpan().SequenceEqual(key) || Torsion.Contains(a))
        {
            return false;
        }

        var k = Challenge(signature[..32], key, message) % (8 * L);
        var r = Add(Multiply(Number(signature.AsSpan(32)), Base), Negate(Multiply(k % L, a)));
        return Encode(r).AsSpan().SequenceEqual(signature.AsSpan(0, 32));
    }

    private static (BigInteger X, BigInteger Y)? Decode(BigInteger y, bool isOdd)
    {
        var u = Mod(y * y - 1);
        var v = Mod(s_d * y * y + 1);
        var square = Mod(u * Invert(v));
        var x = BigInteger.ModPow(square, (P + 3) / 8, P);
        x = Mod(x * x) == square ? x : Mod(x * BigInteger.ModPow(2, (P - 1) / 4, P));
        if (Mod(x * x) != square)
        {
            return null;
        }

        return (x.IsEven == isOdd ? Mod(-x) : x, Mod(y));
    }

    private static (BigInteger X, BigInteger Y)[] MakeTorsion()
    {
        for (BigInteger y = 2; ; y++)
        {
            // Times L only what is of small order is left; a generator of it is found within a few points.
            if (Decode(y, isOdd: false) is { } point && Multiply(L, point) is var small && Multiply(4, small) != Zero)
            {
                return [.. Enumerable.Range(0, 8).Select(i => Multiply(i, small))];
            }
        }
    }

    private static BigInteger Invert(BigInteger number) => BigInteger.ModPow(Mod(number), P - 2, P);

    private static BigInteger Mod(BigInteger number) => ((number % P) + P) % P;
}
