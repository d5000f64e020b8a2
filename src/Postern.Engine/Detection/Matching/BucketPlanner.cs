namespace Postern.Engine.Detection.Matching;

/// <summary>
/// Shares windows out over buckets so that as few positions of ordinary text as possible are accepted. Greedy, commonest
/// window first, then a few rounds in which every pattern may move to where it adds least.
/// </summary>
internal sealed class BucketPlanner
{
    private const int Rounds = 3;
    private const int WindowsTried = 8;

    // Relative costs in cycles: a candidate, a window that also passes the filter, and one pattern too many in a slot.
    private const float CandidateCost = 5;
    private const float ConfirmCost = 150;
    private const float CrowdCost = 0.5f;
    private const int CrowdAllowed = 3;

    private readonly WindowRates _rates;
    private readonly PatternDraft[] _drafts;
    private readonly WindowOption[][] _options;
    private readonly Dictionary<uint, int> _crowds = [];

    /// <summary>Prepares the windows of <paramref name="drafts"/>.</summary>
    public BucketPlanner(PatternDraft[] drafts, WindowRates rates)
    {
        _rates = rates;
        _drafts = drafts;
        _options = WindowOption.For(drafts, rates, WindowsTried);
    }

    /// <summary>Chooses a window for every draft, as fits <paramref name="groups"/> groups of buckets best.</summary>
    public void ChooseWindows(int groups)
    {
        var chosen = Assign(groups, _options);
        for (var i = 0; i < _drafts.Length; i++)
        {
            var option = chosen[i].Option;
            _drafts[i].Offset = option.Offset;
            _options[i] = [option];
        }
    }

    /// <summary>The buckets for <paramref name="groups"/> groups, with the windows already chosen.</summary>
    public TeddyLayout Layout(int groups)
    {
        var buckets = new NibbleSets[groups * TeddyLayout.BucketsPerGroup];
        foreach (var (option, bucket) in Assign(groups, _options))
        {
            buckets[bucket] = buckets[bucket].Or(option.Sets);
        }

        return new TeddyLayout(groups, Math.Min(1, buckets.Sum(_rates.Of)), Masks(buckets));
    }

    private (WindowOption Option, int Bucket)[] Assign(int groups, WindowOption[][] options)
    {
        _crowds.Clear();
        var sets = new NibbleSets[groups * TeddyLayout.BucketsPerGroup];
        var rates = new float[sets.Length];
        var order = Enumerable.Range(0, options.Length).OrderByDescending(i => options[i][0].Rate).ToArray();
        var chosen = new (WindowOption Option, int Bucket)[options.Length];
        foreach (var i in order)
        {
            chosen[i] = Place(options[i], sets, rates);
        }

        for (var round = 0; round < Rounds; round++)
        {
            foreach (var i in order)
            {
                var (option, bucket) = chosen[i];
                chosen[i].Bucket = -1;
                _crowds[option.Crowd]--;
                sets[bucket] = Union(chosen, bucket);
                rates[bucket] = _rates.Of(sets[bucket]);
                chosen[i] = Place(options[i], sets, rates);
            }
        }

        return chosen;
    }

    private (WindowOption Option, int Bucket) Place(WindowOption[] options, NibbleSets[] sets, float[] rates)
    {
        var best = (Option: options[0], Bucket: 0);
        var bestCost = float.PositiveInfinity;
        foreach (var option in options)
        {
            var crowding = Math.Max(0, _crowds.GetValueOrDefault(option.Crowd) + 1 - CrowdAllowed);
            var fixedCost = (option.Rate * ConfirmCost) + (crowding * CrowdCost);
            for (var bucket = 0; bucket < sets.Length && fixedCost < bestCost; bucket++)
            {
                var cost = fixedCost + ((_rates.Of(sets[bucket].Or(option.Sets)) - rates[bucket]) * CandidateCost);
                if (cost < bestCost)
                {
                    bestCost = cost;
                    best = (option, bucket);
                }
            }
        }

        sets[best.Bucket] = sets[best.Bucket].Or(best.Option.Sets);
        rates[best.Bucket] = _rates.Of(sets[best.Bucket]);
        _crowds[best.Option.Crowd] = _crowds.GetValueOrDefault(best.Option.Crowd) + 1;
        return best;
    }

    private static NibbleSets Union((WindowOption Option, int Bucket)[] chosen, int bucket)
    {
        var union = default(NibbleSets);
        foreach (var (option, at) in chosen)
        {
            union = at == bucket ? union.Or(option.Sets) : union;
        }

        return union;
    }

    private static byte[] Masks(NibbleSets[] buckets)
    {
        var masks = new byte[buckets.Length / TeddyLayout.BucketsPerGroup * TeddyLayout.BytesPerGroup];
        for (var bucket = 0; bucket < buckets.Length; bucket++)
        {
            var bit = (byte)(1 << (bucket % TeddyLayout.BucketsPerGroup));
            var group = bucket / TeddyLayout.BucketsPerGroup * TeddyLayout.BytesPerGroup;
            for (var cell = 0; cell < 64; cell++)
            {
                var at = group + (cell / 16 * 32) + (cell % 16);
                masks[at] |= (buckets[bucket].Low >> cell & 1) != 0 ? bit : (byte)0;
                masks[at + 16] |= (buckets[bucket].High >> cell & 1) != 0 ? bit : (byte)0;
            }
        }

        return masks;
    }
}
