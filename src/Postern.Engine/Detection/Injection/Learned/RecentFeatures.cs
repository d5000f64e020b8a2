using System.Runtime.CompilerServices;

namespace Postern.Engine.Detection.Injection.Learned;

/// <summary>The features of about a hundred words: what was said a moment ago says nothing new, and tables and repeated lines must not add up to a verdict.</summary>
[InlineArray(1 << Bits)]
internal struct RecentFeatures
{
    private const int Bits = 10;
    private uint _first;

    /// <summary>Remembers a feature; false when it was remembered already.</summary>
    public bool IsNew(uint feature) => MaskOf(feature) != 0;

    /// <summary>The same as a mask, -1 or 0: nothing could foresee which, so there must be no branch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int MaskOf(uint feature)
    {
        // Ten bits are below the length.
        ref var recent = ref Unsafe.Add(ref _first, (feature * 0x9E3779B1) >> (32 - Bits));
        var difference = (int)(recent ^ feature);
        recent = feature;
        return (difference | -difference) >> 31;
    }
}
