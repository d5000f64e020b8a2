using System.Buffers.Binary;

namespace Postern.Engine.Evidence.Signing;

/// <summary>
/// A number modulo 2^255 - 19 in five limbs of 51 bits. No branch and no index depends on a value.
/// Invariant: limbs are below 2^53, which every product below tolerates; <see cref="Subtract"/> and products give back below 2^52.
/// </summary>
internal readonly struct FieldElement
{
    private const int LimbBits = 51;
    private const ulong Mask = (1UL << LimbBits) - 1;

    private readonly ulong _a;
    private readonly ulong _b;
    private readonly ulong _c;
    private readonly ulong _d;
    private readonly ulong _e;

    private FieldElement(ulong a, ulong b, ulong c, ulong d, ulong e) => (_a, _b, _c, _d, _e) = (a, b, c, d, e);

    public static FieldElement Zero => default;

    public static FieldElement One => new(1, 0, 0, 0, 0);

    public static FieldElement Small(uint value) => new(value, 0, 0, 0, 0);

    /// <summary>Reads 32 bytes, least significant first; the top bit is ignored, it is a point's sign.</summary>
    public static FieldElement Read(ReadOnlySpan<byte> bytes)
    {
        var w0 = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        var w1 = BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]);
        var w2 = BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]);
        var w3 = BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]);
        return new(
            w0 & Mask,
            ((w0 >> 51) | (w1 << 13)) & Mask,
            ((w1 >> 38) | (w2 << 26)) & Mask,
            ((w2 >> 25) | (w3 << 39)) & Mask,
            (w3 >> 12) & Mask);
    }

    /// <summary>Writes the one canonical encoding, 32 bytes.</summary>
    public void Write(Span<byte> bytes)
    {
        var f = Carry(Carry(this));

        // q is 1 exactly when the value is at or above p: adding 19 then overflows 2^255.
        var q = (f._a + 19) >> LimbBits;
        q = (f._b + q) >> LimbBits;
        q = (f._c + q) >> LimbBits;
        q = (f._d + q) >> LimbBits;
        q = (f._e + q) >> LimbBits;

        var a = f._a + (19 * q);
        var b = f._b + (a >> LimbBits);
        var c = f._c + (b >> LimbBits);
        var d = f._d + (c >> LimbBits);
        var e = (f._e + (d >> LimbBits)) & Mask;
        a &= Mask;
        b &= Mask;
        c &= Mask;
        d &= Mask;
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, a | (b << 51));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], (b >> 13) | (c << 38));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[16..], (c >> 26) | (d << 25));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[24..], (d >> 39) | (e << 12));
    }

    public static FieldElement Add(in FieldElement x, in FieldElement y) =>
        new(x._a + y._a, x._b + y._b, x._c + y._c, x._d + y._d, x._e + y._e);

    /// <summary>Adds 16p before taking away, so that no limb goes below zero, and carries.</summary>
    public static FieldElement Subtract(in FieldElement x, in FieldElement y) => Carry(new(
        x._a + ((Mask - 18) << 4) - y._a,
        x._b + (Mask << 4) - y._b,
        x._c + (Mask << 4) - y._c,
        x._d + (Mask << 4) - y._d,
        x._e + (Mask << 4) - y._e));

    public static FieldElement Negate(in FieldElement x) => Subtract(Zero, x);

    public static FieldElement Multiply(in FieldElement x, in FieldElement y)
    {
        var y1 = 19 * y._b;
        var y2 = 19 * y._c;
        var y3 = 19 * y._d;
        var y4 = 19 * y._e;
        var a = Math.BigMul(x._a, y._a) + Math.BigMul(x._b, y4) + Math.BigMul(x._c, y3) + Math.BigMul(x._d, y2) + Math.BigMul(x._e, y1);
        var b = Math.BigMul(x._a, y._b) + Math.BigMul(x._b, y._a) + Math.BigMul(x._c, y4) + Math.BigMul(x._d, y3) + Math.BigMul(x._e, y2);
        var c = Math.BigMul(x._a, y._c) + Math.BigMul(x._b, y._b) + Math.BigMul(x._c, y._a) + Math.BigMul(x._d, y4) + Math.BigMul(x._e, y3);
        var d = Math.BigMul(x._a, y._d) + Math.BigMul(x._b, y._c) + Math.BigMul(x._c, y._b) + Math.BigMul(x._d, y._a) + Math.BigMul(x._e, y4);
        var e = Math.BigMul(x._a, y._e) + Math.BigMul(x._b, y._d) + Math.BigMul(x._c, y._c) + Math.BigMul(x._d, y._b) + Math.BigMul(x._e, y._a);
        return Fold(a, b, c, d, e);
    }

    public static FieldElement Square(in FieldElement x)
    {
        var a2 = 2 * x._a;
        var b2 = 2 * x._b;
        var d19 = 19 * x._d;
        var e19 = 19 * x._e;
        var a = Math.BigMul(x._a, x._a) + Math.BigMul(b2, e19) + Math.BigMul(2 * x._c, d19);
        var b = Math.BigMul(a2, x._b) + Math.BigMul(2 * x._c, e19) + Math.BigMul(x._d, d19);
        var c = Math.BigMul(a2, x._c) + Math.BigMul(x._b, x._b) + Math.BigMul(2 * x._d, e19);
        var d = Math.BigMul(a2, x._d) + Math.BigMul(b2, x._c) + Math.BigMul(x._e, e19);
        var e = Math.BigMul(a2, x._e) + Math.BigMul(b2, x._d) + Math.BigMul(x._c, x._c);
        return Fold(a, b, c, d, e);
    }

    public static FieldElement Square(FieldElement x, int times)
    {
        for (var i = 0; i < times; i++)
        {
            x = Square(x);
        }

        return x;
    }

    /// <summary>x^(p-2), the inverse; zero for zero.</summary>
    public static FieldElement Invert(in FieldElement x)
    {
        var (high, x11) = PowerOfTwo250Less1(x);
        return Multiply(Square(high, 5), x11);
    }

    /// <summary>x^((p-5)/8), the heart of a square root.</summary>
    public static FieldElement PowerP58(in FieldElement x)
    {
        var (high, _) = PowerOfTwo250Less1(x);
        return Multiply(Square(high, 2), x);
    }

    /// <summary><paramref name="y"/> when <paramref name="bit"/> is 1, <paramref name="x"/> when it is 0, without a branch.</summary>
    public static FieldElement Select(in FieldElement x, in FieldElement y, ulong bit)
    {
        var mask = 0UL - bit;
        return new(
            x._a ^ (mask & (x._a ^ y._a)),
            x._b ^ (mask & (x._b ^ y._b)),
            x._c ^ (mask & (x._c ^ y._c)),
            x._d ^ (mask & (x._d ^ y._d)),
            x._e ^ (mask & (x._e ^ y._e)));
    }

    /// <summary>Equality of values, whatever the limbs.</summary>
    public bool Equal(in FieldElement other)
    {
        Span<byte> mine = stackalloc byte[32];
        Span<byte> theirs = stackalloc byte[32];
        Write(mine);
        other.Write(theirs);
        return System.Security.Cryptography.CryptographicOperations.FixedTimeEquals(mine, theirs);
    }

    /// <summary>The lowest bit of the canonical encoding: a point's sign.</summary>
    public int Parity()
    {
        Span<byte> bytes = stackalloc byte[32];
        Write(bytes);
        return bytes[0] & 1;
    }

    // Gives x^(2^250-1) and x^11; both exponents above are one short step away from them.
    private static (FieldElement High, FieldElement X11) PowerOfTwo250Less1(in FieldElement x)
    {
        var x2 = Square(x);
        var x9 = Multiply(x, Square(x2, 2));
        var x11 = Multiply(x2, x9);
        var to5 = Multiply(x9, Square(x11));
        var to10 = Multiply(Square(to5, 5), to5);
        var to20 = Multiply(Square(to10, 10), to10);
        var to40 = Multiply(Square(to20, 20), to20);
        var to50 = Multiply(Square(to40, 10), to10);
        var to100 = Multiply(Square(to50, 50), to50);
        var to200 = Multiply(Square(to100, 100), to100);
        return (Multiply(Square(to200, 50), to50), x11);
    }

    private static FieldElement Fold(UInt128 a, UInt128 b, UInt128 c, UInt128 d, UInt128 e)
    {
        b += (ulong)(a >> LimbBits);
        c += (ulong)(b >> LimbBits);
        d += (ulong)(c >> LimbBits);
        e += (ulong)(d >> LimbBits);
        var low = ((ulong)a & Mask) + (19 * (ulong)(e >> LimbBits));
        return new(
            low & Mask,
            ((ulong)b & Mask) + (low >> LimbBits),
            (ulong)c & Mask,
            (ulong)d & Mask,
            (ulong)e & Mask);
    }

    private static FieldElement Carry(in FieldElement f)
    {
        var b = f._b + (f._a >> LimbBits);
        var c = f._c + (b >> LimbBits);
        var d = f._d + (c >> LimbBits);
        var e = f._e + (d >> LimbBits);
        return new((f._a & Mask) + (19 * (e >> LimbBits)), b & Mask, c & Mask, d & Mask, e & Mask);
    }
}
