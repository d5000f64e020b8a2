namespace Postern.Engine.Monitoring.Tools.Flow;

/// <summary>One answer whose content is remembered by its fingerprints.</summary>
/// <param name="Kind">Where it came from.</param>
/// <param name="Sparse">One run in 2^n is remembered.</param>
/// <param name="SparseRare">One rare run in 2^n is remembered.</param>
internal readonly record struct FlowSource(SourceKind Kind, byte Sparse, byte SparseRare)
{
    /// <summary>True when a run is among those that are remembered.</summary>
    public bool Keeps(ulong gram)
    {
        var sparse = (gram & 1) != 0 ? SparseRare : Sparse;
        return ((gram >> 1) & ((1UL << sparse) - 1)) == 0;
    }
}
