namespace Postern.Engine.Detection.Matching;

/// <summary>
/// What a bucket accepts: for each of the four bytes of a window, which low and which high nibbles. Sixteen bits per byte,
/// first byte lowest.
/// </summary>
internal readonly record struct NibbleSets(ulong Low, ulong High)
{
    /// <summary>The low nibbles accepted for byte <paramref name="index"/> of the window.</summary>
    public ushort LowAt(int index) => (ushort)(Low >> (index * 16));

    /// <summary>The high nibbles accepted for byte <paramref name="index"/> of the window.</summary>
    public ushort HighAt(int index) => (ushort)(High >> (index * 16));

    /// <summary>What either accepts.</summary>
    public NibbleSets Or(NibbleSets other) => new(Low | other.Low, High | other.High);

    /// <summary>These sets, accepting <paramref name="value"/> too for byte <paramref name="index"/>.</summary>
    public NibbleSets With(int index, byte value) =>
        new(Low | (1UL << ((index * 16) + (value & 15))), High | (1UL << ((index * 16) + (value >> 4))));

    /// <summary>These sets, accepting anything for byte <paramref name="index"/>.</summary>
    public NibbleSets WithAny(int index) => new(Low | (0xFFFFUL << (index * 16)), High | (0xFFFFUL << (index * 16)));
}
