using System.Runtime.CompilerServices;

namespace Postern.Engine.Detection.Matching;

/// <summary>
/// The four bytes of a text or a literal that the prefilter looks at, first byte lowest. Literals of two or three bytes
/// leave the rest open.
/// </summary>
internal static class Window
{
    /// <summary>Bytes in a full window. Four, not three: the fourth costs one load and two shuffles and halves the candidates.</summary>
    public const int Bytes = 4;

    // 2^32 divided by the golden ratio, made odd: spreads neighbouring windows over the top bits.
    private const uint Multiplier = 0x9E3779B1;

    /// <summary>The window at <paramref name="position"/>, which has four bytes after it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint At(ref byte text, int position) => Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref text, position));

    /// <summary>The window at <paramref name="position"/>, zeros standing for what lies behind the end.</summary>
    public static uint NearEnd(ReadOnlySpan<byte> text, int position)
    {
        uint window = 0;
        for (var i = Math.Min(text.Length - position, Bytes) - 1; i >= 0; i--)
        {
            window = (window << 8) | text[position + i];
        }

        return window;
    }

    /// <summary>The slot of a window's first three bytes, letters of either case alike; 32 - <paramref name="shift"/> bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Slot(uint window, int shift) => (int)((((window << 8) | 0x20202000) * Multiplier) >> shift);

    /// <summary>The slot (0 to 255) of a window's first two bytes, letters of either case alike.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int PairSlot(uint window) => (int)((((window << 16) | 0x20200000) * Multiplier) >> 24);
}
