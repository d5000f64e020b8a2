namespace Postern.Engine.Monitoring.Tools.Flow;

/// <summary>How much of one source stands in a message, estimated from the runs that were remembered.</summary>
internal struct FlowScore
{
    /// <summary>Rare runs, one after another, of which a few letters more than one telephone number consist.</summary>
    private const int FewRare = 4;

    private int _rare;
    private int _all;

    /// <summary>Letters and digits that are the same.</summary>
    public readonly int Covered => _all == 0 ? 0 : _all + Grams.Length - 1;

    /// <summary>Counts one run.</summary>
    public void Add(in FlowSource source, ulong gram)
    {
        var isRare = (gram & 1) != 0;
        var weight = 1 << (isRare ? source.SparseRare : source.Sparse);
        _all += weight;
        _rare += isRare ? weight : 0;
    }

    /// <summary>True when it is too much, or too rare, to be there by chance or as an ordinary quotation.</summary>
    public readonly bool IsTelling(int rareLength, int commonLength) => (_rare >= FewRare && Covered >= rareLength) || Covered >= commonLength;
}
