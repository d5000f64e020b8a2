namespace Postern.Engine.Evidence.Signing;

/// <summary>A point of edwards25519 in extended coordinates: x = X/Z, y = Y/Z, xy = T/Z. The addition law used is complete.</summary>
internal readonly struct EdwardsPoint
{
    private const int RowCount = 32;
    private const int RowLength = 8;

    private static readonly FieldElement s_d = FieldElement.Multiply(
        FieldElement.Negate(FieldElement.Small(121665)), FieldElement.Invert(FieldElement.Small(121666)));

    // 2^((p-1)/4) = 2^(2 (p-5)/8 + 1), a square root of -1.
    private static readonly FieldElement s_rootOfMinusOne = FieldElement.Multiply(
        FieldElement.Square(FieldElement.PowerP58(FieldElement.Small(2))), FieldElement.Small(2));

    // Row i holds 1..8 times 256^i B; built on first use (about 0.2 ms), so a program that never signs does not pay.
    private static readonly Lazy<CachedPoint[]> s_baseRows = new(BuildBaseRows);

    private EdwardsPoint(in FieldElement x, in FieldElement y, in FieldElement z, in FieldElement t) => (X, Y, Z, T) = (x, y, z, t);

    public static FieldElement D2 { get; } = FieldElement.Add(s_d, s_d);

    public static EdwardsPoint Identity => new(FieldElement.Zero, FieldElement.One, FieldElement.One, FieldElement.Zero);

    public FieldElement X { get; }

    public FieldElement Y { get; }

    public FieldElement Z { get; }

    public FieldElement T { get; }

    /// <summary>Decodes RFC 8032 section 5.1.3; false when no point has this encoding, or only a non-canonical one.</summary>
    public static bool TryRead(ReadOnlySpan<byte> encoded, out EdwardsPoint point)
    {
        point = default;
        var y = FieldElement.Read(encoded);
        var sign = encoded[31] >> 7;
        Span<byte> canonical = stackalloc byte[32];
        y.Write(canonical);
        canonical[31] |= (byte)(sign << 7);
        if (!canonical.SequenceEqual(encoded))
        {
            return false;
        }

        var y2 = FieldElement.Square(y);
        var u = FieldElement.Subtract(y2, FieldElement.One);
        var v = FieldElement.Add(FieldElement.Multiply(s_d, y2), FieldElement.One);
        if (!TryRootOfRatio(u, v, out var x) || (x.Equal(FieldElement.Zero) && sign == 1))
        {
            return false;
        }

        x = x.Parity() == sign ? x : FieldElement.Negate(x);
        point = new(x, y, FieldElement.One, FieldElement.Multiply(x, y));
        return true;
    }

    /// <summary>Writes the canonical encoding, 32 bytes.</summary>
    public void Write(Span<byte> encoded)
    {
        var inverse = FieldElement.Invert(Z);
        FieldElement.Multiply(Y, inverse).Write(encoded);
        encoded[31] |= (byte)(FieldElement.Multiply(X, inverse).Parity() << 7);
    }

    public EdwardsPoint Negated() => new(FieldElement.Negate(X), Y, Z, FieldElement.Negate(T));

    public EdwardsPoint Plus(in CachedPoint other)
    {
        var a = FieldElement.Multiply(FieldElement.Subtract(Y, X), other.YMinusX);
        var b = FieldElement.Multiply(FieldElement.Add(Y, X), other.YPlusX);
        var c = FieldElement.Multiply(T, other.T2d);
        var d = FieldElement.Multiply(Z, other.Z2);
        var e = FieldElement.Subtract(b, a);
        var f = FieldElement.Subtract(d, c);
        var g = FieldElement.Add(d, c);
        var h = FieldElement.Add(b, a);
        return new(FieldElement.Multiply(e, f), FieldElement.Multiply(g, h), FieldElement.Multiply(f, g), FieldElement.Multiply(e, h));
    }

    public EdwardsPoint Doubled()
    {
        var a = FieldElement.Square(X);
        var b = FieldElement.Square(Y);
        var zz = FieldElement.Square(Z);
        var h = FieldElement.Add(a, b);
        var e = FieldElement.Subtract(h, FieldElement.Square(FieldElement.Add(X, Y)));
        var g = FieldElement.Subtract(a, b);
        var f = FieldElement.Add(FieldElement.Add(zz, zz), g);
        return new(FieldElement.Multiply(e, f), FieldElement.Multiply(g, h), FieldElement.Multiply(f, g), FieldElement.Multiply(e, h));
    }

    public EdwardsPoint Doubled(int times)
    {
        var point = this;
        for (var i = 0; i < times; i++)
        {
            point = point.Doubled();
        }

        return point;
    }

    /// <summary>scalar * B in a time that does not depend on the scalar (32 bytes, below 2^255).</summary>
    public static EdwardsPoint MultiplyBase(ReadOnlySpan<byte> scalar)
    {
        Span<sbyte> digits = stackalloc sbyte[64];
        Scalar.ToSignedNibbles(scalar, digits);
        ReadOnlySpan<CachedPoint> rows = s_baseRows.Value;
        var sum = Identity;
        for (var i = 1; i < digits.Length; i += 2)
        {
            sum = sum.Plus(CachedPoint.Pick(rows.Slice(i / 2 * RowLength, RowLength), digits[i]));
        }

        sum = sum.Doubled(4);
        for (var i = 0; i < digits.Length; i += 2)
        {
            sum = sum.Plus(CachedPoint.Pick(rows.Slice(i / 2 * RowLength, RowLength), digits[i]));
        }

        digits.Clear();
        return sum;
    }

    /// <summary>scalar * this; the scalar is 32 bytes, below 2^255.</summary>
    public EdwardsPoint Multiply(ReadOnlySpan<byte> scalar)
    {
        Span<sbyte> digits = stackalloc sbyte[64];
        Scalar.ToSignedNibbles(scalar, digits);
        var row = new CachedPoint[RowLength];
        FillRow(this, row);
        var sum = Identity;
        for (var i = digits.Length - 1; i >= 0; i--)
        {
            sum = sum.Doubled(4).Plus(CachedPoint.Pick(row, digits[i]));
        }

        return sum;
    }

    private static CachedPoint[] BuildBaseRows()
    {
        Span<byte> encoded = stackalloc byte[32];
        encoded.Fill(0x66);
        encoded[0] = 0x58;
        _ = TryRead(encoded, out var start);
        var rows = new CachedPoint[RowCount * RowLength];
        for (var i = 0; i < RowCount; i++)
        {
            FillRow(start, rows.AsSpan(i * RowLength, RowLength));
            start = start.Doubled(8);
        }

        return rows;
    }

    private static void FillRow(EdwardsPoint point, Span<CachedPoint> row)
    {
        var step = new CachedPoint(point);
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = new CachedPoint(point);
            point = point.Plus(step);
        }
    }

    // x with v x^2 = u, when there is one.
    private static bool TryRootOfRatio(in FieldElement u, in FieldElement v, out FieldElement x)
    {
        var v3 = FieldElement.Multiply(FieldElement.Square(v), v);
        var v7 = FieldElement.Multiply(FieldElement.Square(v3), v);
        x = FieldElement.Multiply(FieldElement.Multiply(u, v3), FieldElement.PowerP58(FieldElement.Multiply(u, v7)));
        var check = FieldElement.Multiply(v, FieldElement.Square(x));
        if (check.Equal(u))
        {
            return true;
        }

        x = FieldElement.Multiply(x, s_rootOfMinusOne);
        return check.Equal(FieldElement.Negate(u));
    }
}
