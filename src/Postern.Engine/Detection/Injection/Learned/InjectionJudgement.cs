using System.Numerics;
using Postern.Engine.Detection.Rules;

namespace Postern.Engine.Detection.Injection.Learned;

/// <summary>
/// Puts rules and score together, in one way: the score of the text around a rule's match is raised by what the rule is worth; what
/// then reaches the threshold of the budget is certain enough to refuse, and everything else is at most suspicious.
/// </summary>
/// <remarks>So a wording that a manual quotes stays readable, and one that stands in hostile company does not need the model's full proof.</remarks>
internal sealed class InjectionJudgement
{
    /// <summary>What a rule adds to the score, by its own confidence: low, medium, high. Chosen by cross-validation (docs/detection.md).</summary>
    public static readonly float[] DefaultWorth = [1.0f, 2.5f, 6.0f];

    /// <summary>How far below the threshold text is still worth a warning.</summary>
    public const float SuspectMargin = 1.5f;

    /// <summary>A part of 2^9 bytes and more is asked for the full threshold; each halving below it for so much less: three quarters of what the calibration found.</summary>
    private const int ShortLog = 9;
    private const float ReliefPerHalving = 0.3f;

    /// <summary>The calibration would bear three; single sentences of other languages bear two.</summary>
    private const int MostHalvings = 2;

    /// <summary>Bytes before and behind a match that the model reads to judge it.</summary>
    private const int Context = 400;

    private readonly float[] _worth;

    public InjectionJudgement(InjectionModel model, int budget)
        : this(model, model.Thresholds.For(budget), DefaultWorth)
    {
    }

    public InjectionJudgement(InjectionModel model, float threshold, float[] worth)
    {
        Model = model;
        Threshold = threshold;
        _worth = worth;
    }

    public InjectionModel Model { get; }

    /// <summary>The score of an attack in a text of a kilobyte, which is what the calibration measures.</summary>
    public float Threshold { get; }

    /// <summary>The score of an attack in a part of so many bytes.</summary>
    public float ThresholdOf(int length) => Threshold - ReliefOf(length);

    /// <summary>
    /// How much less is asked of a short text. It has fewer windows of which one could score high by chance: at the same rate of false alarms, ordinary
    /// texts of 480, 240, 120 and 60 bytes score less than those of a kilobyte by 0.4, 0.8, 1.2 and 1.3. The length is that of the whole part: a document
    /// of a thousand short strings has a thousand chances.
    /// </summary>
    public static float ReliefOf(int length) => ReliefPerHalving * Math.Clamp(ShortLog - BitOperations.Log2((uint)length), 0, MostHalvings);

    /// <summary>Gives each of the rules' hits the confidence that its surroundings deserve, and reports what the model saw.</summary>
    public void Weigh(ReadOnlySpan<byte> text, float threshold, ReadOnlySpan<ScoredRange> ranges, HitList hits, int first)
    {
        var judged = new ScoredRange(-1, -1, 0);
        for (var i = first; i < hits.Count; i++)
        {
            var hit = hits[i];
            if (hit.Rule.Category != RuleCategory.Injection || ReferenceEquals(hit.Rule, RuleCatalogue.LearnedInjection) || hit.Confidence == Confidence.Certain)
            {
                continue;
            }

            if (hit.Start < judged.Start || hit.Start + hit.Length > judged.End)
            {
                judged = ScoreAround(text, hit);
            }

            var isAttack = judged.Score + WorthOf(text, hit) >= threshold;
            hits.Reweigh(i, isAttack ? Confidence.High : hit.Confidence < Confidence.Medium ? hit.Confidence : Confidence.Medium);
            if (isAttack && hit.Rule.Severity < Severity.High)
            {
                hits.Add(Learned(text, new ScoredRange(hit.Start, hit.Start + hit.Length, judged.Score), threshold, Confidence.High));
            }
        }

        AddRanges(text, threshold, ranges, hits, first);
    }

    /// <summary>Reports what the model saw, except where a rule that is certain enough to refuse names the place more exactly.</summary>
    private void AddRanges(ReadOnlySpan<byte> text, float threshold, ReadOnlySpan<ScoredRange> ranges, HitList hits, int first)
    {
        var last = hits.Count;
        foreach (var range in ranges)
        {
            var isNamed = false;
            for (var i = first; i < last; i++)
            {
                isNamed |= hits[i].Rule.Severity >= Severity.High && hits[i].Confidence >= Confidence.High && hits[i].Start < range.End && range.Start < hits[i].Start + hits[i].Length;
            }

            if (!isNamed)
            {
                hits.Add(Learned(text, range, threshold, range.Score >= threshold ? Confidence.High : Confidence.Medium));
            }
        }
    }

    /// <summary>The score that the threshold is compared with: the best of any window and of any rule's match with its surroundings.</summary>
    public float ScoreOf(ReadOnlySpan<byte> text, float best, HitList hits)
    {
        for (var i = 0; i < hits.Count; i++)
        {
            if (hits[i].Rule.Category == RuleCategory.Injection)
            {
                best = Math.Max(best, hits[i].Confidence == Confidence.Certain ? float.MaxValue : ScoreAround(text, hits[i]).Score + WorthOf(text, hits[i]));
            }
        }

        return best;
    }

    /// <summary>A wording in quotation marks is worth one step less: whoever quotes mostly talks about it.</summary>
    private float WorthOf(ReadOnlySpan<byte> text, in Hit hit) =>
        _worth[Math.Max(0, (int)hit.Confidence - (QuotedText.Holds(text, hit.Start, hit.Start + hit.Length) ? 1 : 0))];

    private Hit Learned(ReadOnlySpan<byte> text, in ScoredRange range, float threshold, Confidence confidence)
    {
        var words = Model.Explain(text[range.Start..range.End]);
        return new Hit(RuleCatalogue.LearnedInjection, range.Start, range.End - range.Start, confidence)
        {
            Detail = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"score {range.Score:F1} of {threshold:F1}; kinds of words: {words}"),
        };
    }

    private ScoredRange ScoreAround(ReadOnlySpan<byte> text, in Hit hit)
    {
        var start = Math.Max(0, hit.Start - Context);
        var end = Math.Min(text.Length, hit.Start + hit.Length + Context);
        return new ScoredRange(start, end, Model.Score(text[start..end], float.MaxValue, default, out _));
    }
}
