namespace Postern.Engine.Detection;

/// <summary>Where a detector reports; reused from message to message, so a clean view allocates nothing.</summary>
public sealed class HitList
{
    /// <summary>Hits kept per view; a flood beyond it changes no verdict.</summary>
    public const int MaxHits = 64;

    private readonly Hit[] _hits = new Hit[MaxHits];

    /// <summary>How many hits are held.</summary>
    public int Count { get; private set; }

    /// <summary>True when a hit beyond <see cref="MaxHits"/> was dropped.</summary>
    public bool Overflowed { get; private set; }

    /// <summary>The hit at <paramref name="index"/>.</summary>
    public Hit this[int index] => index < Count ? _hits[index] : throw new ArgumentOutOfRangeException(nameof(index));

    /// <summary>Reports what <paramref name="rule"/> saw at a range of the view's bytes.</summary>
    public void Add(Rule rule, int start, int length) => Add(rule, start, length, rule.Confidence);

    /// <summary>The same, with a confidence of its own for this hit.</summary>
    public void Add(Rule rule, int start, int length, Confidence confidence)
    {
        if (Count == MaxHits)
        {
            Overflowed = true;
            return;
        }

        _hits[Count++] = new Hit(rule, start, length, confidence);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Array.Clear(_hits, 0, Count);
        Count = 0;
        Overflowed = false;
    }
}
