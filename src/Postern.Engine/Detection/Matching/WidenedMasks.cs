using System.Runtime.InteropServices;

namespace Postern.Engine.Detection.Matching;

/// <summary>
/// The masks of a layout with each table repeated to fill a vector. Shuffles work within 16 bytes, and repeating in
/// memory beats broadcasting in the loop threefold, for which the JIT has no single instruction. They begin at a cache
/// line, because a load across two lines costs double, so the array must not move.
/// </summary>
internal sealed class WidenedMasks
{
    private const int CacheLine = 64;

    private readonly byte[] _bytes;
    private readonly int _first;
    private readonly int _length;

    /// <summary>Widens <paramref name="layout"/> for <paramref name="width"/> positions at once.</summary>
    public WidenedMasks(TeddyLayout layout, ScanWidth width)
    {
        var table = Math.Max(16, (int)width);
        _length = layout.Groups * TeddyLayout.Columns * table;
        _bytes = GC.AllocateArray<byte>(_length + CacheLine, pinned: true);
        var misaligned = (int)(Marshal.UnsafeAddrOfPinnedArrayElement(_bytes, 0) % CacheLine);
        _first = (CacheLine - misaligned) % CacheLine;
        for (var at = 0; at < _length; at += 16)
        {
            layout.Masks.AsSpan(at / table * 16, 16).CopyTo(_bytes.AsSpan(_first + at));
        }
    }

    /// <summary>Per group eight tables of the width; at least 16 bytes each.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(_first, _length);
}
