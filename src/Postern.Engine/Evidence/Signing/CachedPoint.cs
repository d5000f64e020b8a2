namespace Postern.Engine.Evidence.Signing;

/// <summary>A point prepared for being added: Y+X, Y-X, 2Z and 2dT.</summary>
internal readonly struct CachedPoint
{
    public CachedPoint(in EdwardsPoint point)
    {
        YPlusX = FieldElement.Add(point.Y, point.X);
        YMinusX = FieldElement.Subtract(point.Y, point.X);
        Z2 = FieldElement.Add(point.Z, point.Z);
        T2d = FieldElement.Multiply(point.T, EdwardsPoint.D2);
    }

    private CachedPoint(in FieldElement yPlusX, in FieldElement yMinusX, in FieldElement z2, in FieldElement t2d) =>
        (YPlusX, YMinusX, Z2, T2d) = (yPlusX, yMinusX, z2, t2d);

    public FieldElement YPlusX { get; }

    public FieldElement YMinusX { get; }

    public FieldElement Z2 { get; }

    public FieldElement T2d { get; }

    /// <summary>
    /// The multiple -8..8 out of a row of eight (1P..8P), reading the whole row whatever the digit, so that neither a branch nor
    /// the cache tells which one was taken.
    /// </summary>
    public static CachedPoint Pick(ReadOnlySpan<CachedPoint> row, sbyte digit)
    {
        var negative = (uint)digit >> 31;
        var size = (uint)((digit ^ -(int)negative) + (int)negative);
        var chosen = new CachedPoint(EdwardsPoint.Identity);
        for (var i = 0; i < row.Length; i++)
        {
            chosen = Select(chosen, row[i], IsZero(size ^ (uint)(i + 1)));
        }

        var opposite = new CachedPoint(chosen.YMinusX, chosen.YPlusX, chosen.Z2, FieldElement.Negate(chosen.T2d));
        return Select(chosen, opposite, negative);
    }

    private static CachedPoint Select(in CachedPoint x, in CachedPoint y, ulong bit) => new(
        FieldElement.Select(x.YPlusX, y.YPlusX, bit),
        FieldElement.Select(x.YMinusX, y.YMinusX, bit),
        FieldElement.Select(x.Z2, y.Z2, bit),
        FieldElement.Select(x.T2d, y.T2d, bit));

    private static ulong IsZero(uint value) => ((ulong)value - 1) >> 63;
}
