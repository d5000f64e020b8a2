using System.Buffers;
using Postern.Engine.Detection.Injection;
using Postern.Engine.Detection.Matching;
using Postern.Engine.Detection.Shapes;

namespace Postern.Engine.Detection.Rules;

/// <summary>One pass of a rule set over one text: hears literals, asks matchers, reports hits.</summary>
internal ref struct RuleScan : ILiteralSink
{
    /// <summary>Work (about a nanosecond each) allowed per byte of text; ordinary text stays below a tenth of it.</summary>
    private const long WorkPerByte = 128;

    /// <summary>Work allowed however short the text is.</summary>
    private const long FreeWork = 1 << 20;

    /// <summary>What one call of a matcher counts for.</summary>
    private const long CallCost = 16;

    private readonly RuleSet _rules;
    private readonly HitList _hits;
    private readonly int _firstHit;
    private PendingSpans _pending;
    private RegexReach[]? _regexReach;
    private bool _stopped;
    private long _mildWork;

    /// <summary>The text and what is known about it.</summary>
    public ScanInput Input;

    public RuleScan(RuleSet rules, ReadOnlySpan<byte> text, HitList hits)
    {
        _rules = rules;
        _hits = hits;
        _firstHit = hits.Count;
        Input = new ScanInput(text);
    }

    /// <inheritdoc />
    public void Hit(int literalId, int start)
    {
        var uses = _rules.UsesOf(literalId);
        var missing = WordEdges.None;
        foreach (ref readonly var use in uses)
        {
            missing |= use.Edges;
        }

        if (missing != WordEdges.None)
        {
            missing &= ~UnitReader.EdgesOf(Input.Bytes, start, start + uses[0].Length);
        }

        foreach (ref readonly var use in uses)
        {
            if ((use.Edges & missing) != WordEdges.None)
            {
                continue;
            }

            Try(new Anchor(use.Rule, use.Ordinal, start, start + use.Length));
        }
    }

    /// <summary>Asks a rule about a place, unless the text has used up its budget.</summary>
    public void Try(in Anchor anchor)
    {
        if (_stopped)
        {
            return;
        }

        if (_rules[anchor.Rule].Rule.Severity < Severity.High)
        {
            TryMild(anchor);
            return;
        }

        Input.Work += CallCost;
        _rules[anchor.Rule].Matcher.Verify(ref this, anchor);
        if (Input.Work > FreeWork + WorkPerByte * Input.Bytes.Length)
        {
            _stopped = true;
            _hits.Add(RuleCatalogue.Flood, 0, Input.Bytes.Length);
        }
    }

    /// <summary>
    /// Mild rules have a budget of their own and stop without a word: a page of long numbers must not look like an attack because
    /// each of them could have been a card.
    /// </summary>
    private void TryMild(in Anchor anchor)
    {
        var budget = FreeWork + (WorkPerByte * Input.Bytes.Length);
        if (_mildWork > budget)
        {
            return;
        }

        var before = Input.Work;
        _rules[anchor.Rule].Matcher.Verify(ref this, anchor);
        _mildWork += Input.Work - before + CallCost;
        Input.Work = before;
    }

    /// <summary>Takes a match; the same rule reports one place once, and no rule can fill the list alone.</summary>
    public void Report(int rule, in MatchedSpan span)
    {
        var compiled = _rules[rule];
        if (span.Proof == Proof.Failed && compiled.WhenCheckFails is null)
        {
            return;
        }

        if (span.Proof != Proof.Generic || !_pending.TryAdd(compiled, span))
        {
            Keep(compiled, span);
        }
    }

    /// <summary>How far the regex rule has searched.</summary>
    public ref RegexReach ReachOf(int rule)
    {
        if (_regexReach is null)
        {
            _regexReach = ArrayPool<RegexReach>.Shared.Rent(_rules.Count);
            Array.Clear(_regexReach);
        }

        return ref _regexReach[rule];
    }

    /// <summary>Reports what waited and gives back what was rented.</summary>
    public void Finish()
    {
        for (var i = 0; i < _pending.Count; i++)
        {
            var (rule, span) = _pending[i];
            if (!OverlapsAny(span))
            {
                Keep(rule, span);
            }
        }

        if (_regexReach is not null)
        {
            ArrayPool<RegexReach>.Shared.Return(_regexReach);
            _regexReach = null;
        }
    }

    private readonly bool OverlapsAny(in MatchedSpan span)
    {
        for (var i = _firstHit; i < _hits.Count; i++)
        {
            if (span.Overlaps(_hits[i]))
            {
                return true;
            }
        }

        return false;
    }

    private readonly void DropIfSevere(Rule rule)
    {
        if (rule.Severity >= Severity.High)
        {
            _hits.Drop(rule);
        }
    }

    /// <summary>Whether the same value was reported by the same rule: views of pieces say it once for every neighbour.</summary>
    private readonly bool IsKept(Rule rule, in MatchedSpan span)
    {
        var value = Input.Bytes[span.Start..span.End];
        for (var i = _firstHit; i < _hits.Count; i++)
        {
            if (ReferenceEquals(_hits[i].Rule, rule) && Input.Bytes.Slice(_hits[i].Start, _hits[i].Length).SequenceEqual(value))
            {
                return true;
            }
        }

        return false;
    }

    private readonly void Keep(CompiledRule compiled, in MatchedSpan span)
    {
        var allowed = compiled.Rule.Severity >= Severity.High ? RuleSet.MaxSevereHits : RuleSet.MaxMildHits;
        for (var i = _firstHit; i < _hits.Count; i++)
        {
            if (!ReferenceEquals(_hits[i].Rule, compiled.Rule))
            {
                continue;
            }

            if (span.Overlaps(_hits[i]))
            {
                return;
            }

            if (--allowed == 0)
            {
                // A mild rule has said enough; of a severe one every place may be the one that counts, unless it says the same again.
                if (!IsKept(compiled.Rule, span))
                {
                    DropIfSevere(compiled.Rule);
                }

                return;
            }
        }

        var confidence = span.Proof switch
        {
            Proof.Passed => Confidence.Certain,
            Proof.Failed => compiled.WhenCheckFails!.Value,
            _ => compiled.Rule.Confidence,
        };
        _hits.Add(compiled.Rule, span.Start, span.End - span.Start, confidence);
    }
}
