namespace Postern.Engine.Detection;

/// <summary>
/// Where a detector reports; reused from message to message, so a clean view allocates nothing. When it is full a worse hit takes
/// the place of the mildest, and what was dropped is remembered by category: nothing is lost in silence.
/// </summary>
public sealed class HitList
{
    /// <summary>Hits kept per view and detector.</summary>
    public const int MaxHits = 64;

    private readonly Hit[] _hits = new Hit[MaxHits];
    private uint _dropped;

    /// <summary>How many hits are held.</summary>
    public int Count { get; private set; }

    /// <summary>True when a hit of any category was dropped.</summary>
    public bool HasDropped => _dropped != 0;

    /// <summary>The hit at <paramref name="index"/>.</summary>
    public Hit this[int index] => index < Count ? _hits[index] : throw new ArgumentOutOfRangeException(nameof(index));

    /// <summary>Reports what <paramref name="rule"/> saw at a range of the view's bytes.</summary>
    public void Add(Rule rule, int start, int length) => Add(rule, start, length, rule.Confidence);

    /// <summary>The same, with a confidence of its own for this hit.</summary>
    public void Add(Rule rule, int start, int length, Confidence confidence)
    {
        Add(new Hit(rule, start, length, confidence));
    }

    /// <summary>Reports a whole hit.</summary>
    internal void Add(Hit hit)
    {
        var rule = hit.Rule;
        if (Count < MaxHits)
        {
            _hits[Count++] = hit;
            return;
        }

        var mildest = 0;
        for (var i = 1; i < MaxHits; i++)
        {
            mildest = _hits[i].Rule.Severity < _hits[mildest].Rule.Severity ? i : mildest;
        }

        if (_hits[mildest].Rule.Severity < rule.Severity)
        {
            (hit, _hits[mildest]) = (_hits[mildest], hit);
        }

        Drop(hit.Rule);
    }

    /// <summary>Gives the hit at <paramref name="index"/> another confidence.</summary>
    internal void Reweigh(int index, Confidence confidence) => _hits[index] = this[index] with { Confidence = confidence };

    /// <summary>Remembers that a hit of <paramref name="rule"/> was not kept.</summary>
    public void Drop(Rule rule) => _dropped |= 1u << (int)rule.Category;

    /// <summary>True when a hit of this category was dropped.</summary>
    public bool HasDroppedOf(RuleCategory category) => (_dropped & (1u << (int)category)) != 0;

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Array.Clear(_hits, 0, Count);
        Count = 0;
        _dropped = 0;
    }
}
