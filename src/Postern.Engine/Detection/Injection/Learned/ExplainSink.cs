namespace Postern.Engine.Detection.Injection.Learned;

/// <summary>
/// Finds out which kinds of words carried a score. It names kinds and never words: whatever stands in a text, nothing of it can reach an
/// explanation.
/// </summary>
internal struct ExplainSink(InjectionModel model) : IFeatureSink
{
    /// <summary>Kinds that an explanation names.</summary>
    private const int MaxNamed = 4;

    private readonly int[] _sums = new int[Lexicon.MaxKinds];
    private int _sum;
    private byte _kind;

    public static int TokensAtOnce => 1;

    public void Add(scoped ReadOnlySpan<uint> features, ref RecentFeatures recent) => _sum += model.Sum(features, ref recent);

    public void Meet(byte kind) => _kind = kind;

    public void EndToken(int start, int end)
    {
        _sums[_kind] += _kind == 0 ? 0 : _sum;
        (_sum, _kind) = (0, 0);
    }

    /// <summary>The strongest kinds, strongest first.</summary>
    public readonly string Names()
    {
        var sums = _sums;
        var names = model.Lexicon.Names;
        var strongest = Enumerable.Range(1, names.Count).Where(k => sums[k] > 0).OrderByDescending(k => sums[k]).Take(MaxNamed).Select(k => names[k - 1]);
        return string.Join(", ", strongest);
    }
}
