namespace Postern.Engine.Detection.Injection.Learned;

/// <summary>Adds weights up token by token and keeps the windows that score enough.</summary>
internal ref struct ScoreSink(InjectionModel model, float least, Span<ScoredRange> found) : IFeatureSink
{
    private readonly Span<ScoredRange> _found = found;
    private WindowSums _windows;
    private int _sum;
    private int _tokens;
    private int _start = -1;
    private int _end;

    /// <summary>How many ranges score at least what was asked for; neighbours are one.</summary>
    public int Count { get; private set; }

    /// <summary>The best score of any window; the bias when the text has no words.</summary>
    public float Best { get; private set; } = model.Scale.Bias;

    public static int TokensAtOnce => WindowSums.BlockTokens;

    public void Add(scoped ReadOnlySpan<uint> features, ref RecentFeatures recent) => _sum += model.Sum(features, ref recent);

    public readonly void Meet(byte kind)
    {
    }

    public void EndToken(int start, int end)
    {
        _start = _start < 0 ? start : _start;
        _end = end;
        if (++_tokens == WindowSums.BlockTokens)
        {
            CloseBlock();
            foreach (var blocks in WindowSums.Lengths)
            {
                if (_windows.Blocks >= blocks)
                {
                    Score(blocks, blocks * WindowSums.BlockTokens);
                }
            }
        }
    }

    /// <summary>Scores what the last whole block left over, and texts that are shorter than a window.</summary>
    public void Finish()
    {
        var rest = _tokens;
        if (rest > 0)
        {
            CloseBlock();
        }

        foreach (var blocks in WindowSums.Lengths)
        {
            var some = Math.Min(blocks, _windows.Blocks);
            if (some > 0 && (rest > 0 || some < blocks))
            {
                Score(some, (some * WindowSums.BlockTokens) - (rest > 0 ? WindowSums.BlockTokens - rest : 0));
            }
        }
    }

    private void CloseBlock()
    {
        _windows.Close(_sum, _start);
        (_sum, _tokens, _start) = (0, 0, -1);
    }

    private void Score(int blocks, int tokens)
    {
        var sum = _windows.SumOf(blocks, out var start);
        var score = (sum * model.Scale.Step * WindowSums.NormOf(tokens)) + model.Scale.Bias;
        Best = Math.Max(Best, score);
        if (score >= least)
        {
            Keep(new ScoredRange(start, _end, score));
        }
    }

    private void Keep(ScoredRange range)
    {
        if (Count > 0 && _found[Count - 1].End > range.Start)
        {
            var last = _found[Count - 1];
            _found[Count - 1] = range.Score > last.Score ? range : last;
        }
        else if (Count < _found.Length)
        {
            _found[Count++] = range;
        }
        else if (range.Score > _found[^1].Score)
        {
            _found[^1] = range;
        }
    }
}
