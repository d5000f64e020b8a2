using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Postern.Engine.Detection.Matching;

/// <summary>
/// One bit per hashed window: the first three bytes choose a word, the fourth a bit of it. A literal of three bytes has
/// the whole word; pairs have a plain bitmap of their own, because each would fill hundreds of words.
/// </summary>
internal readonly struct WindowFilter
{
    /// <summary>Words of the pair bitmap: one bit for each of 65,536 pairs.</summary>
    public const int PairWords = 1024;

    private readonly ulong[] _words;
    private readonly ulong[] _pairs;
    private readonly int _shift;

    /// <summary>A filter over a power of two of words; <paramref name="pairs"/> is empty or <see cref="PairWords"/> long.</summary>
    public WindowFilter(ulong[] words, ulong[] pairs)
    {
        _words = words;
        _pairs = pairs;
        _shift = 32 - System.Numerics.BitOperations.Log2((uint)words.Length);
    }

    /// <summary>The words, for writing the table.</summary>
    public ReadOnlySpan<ulong> Words => _words;

    /// <summary>The pair bitmap, for writing the table.</summary>
    public ReadOnlySpan<ulong> Pairs => _pairs;

    /// <summary>The shift that <see cref="Window.Slot"/> takes for this many words.</summary>
    public int Shift => _shift;

    /// <summary>True when some literal has two bytes only.</summary>
    public bool HasPairs => _pairs.Length != 0;

    /// <summary>1 when some literal may have this window, else 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Passes(uint window)
    {
        // The slot is below the length by construction of the shift, and the pair word by the width of a ushort.
        var bits = Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_words), Window.Slot(window, _shift)) >> (int)(window >> 24);
        if (_pairs.Length != 0)
        {
            bits |= Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_pairs), (ushort)window >> 6) >> (int)window;
        }

        return (int)(bits & 1);
    }
}
