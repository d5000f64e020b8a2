using System.Runtime.InteropServices;

namespace Postern.Engine.Detection.Matching;

/// <summary>A distinct byte string and the literals that share it. Written to tables as it lies in memory.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct Pattern
{
    /// <summary>The window's bytes, under <see cref="KeyMask"/>.</summary>
    public uint Key;

    /// <summary>Which bits of the window count: case bits of folded letters and bytes behind a short literal do not.</summary>
    public uint KeyMask;

    /// <summary>Where in the table's bytes its value stands, padded to 16; the mask of the same length follows.</summary>
    public int Value;

    /// <summary>Where in the table's ids its literals begin, ascending.</summary>
    public int FirstId;

    /// <summary>How many literals share it: at least 1.</summary>
    public int IdCount;

    /// <summary>Bytes: 2 to 64.</summary>
    public byte Length;

    /// <summary>Offset of the window in the literal.</summary>
    public byte Offset;

    /// <summary>Always zero: keeps the size a multiple of four without bytes left to chance.</summary>
    public ushort Unused;

    /// <summary>Bytes of the value with its padding: 16, 32, 48 or 64.</summary>
    public readonly int PaddedLength => (Length + 15) & ~15;
}
