using Postern.Engine.Detection.Injection.Learned;
using Postern.Engine.Detection.Rules;
using Postern.Engine.Flow;
using Postern.Engine.Views;

namespace Postern.Engine.Detection.Injection;

/// <summary>
/// Finds text written to take over the model, in what comes from the world: by rules, by a learned model, and by both together
/// (<see cref="InjectionJudgement"/>). It reads folded views, and those that need no folding because they are ASCII; the unfolded form of
/// other text is left to its folded view.
/// </summary>
public sealed class InjectionDetector : IDetector
{
    /// <summary>Ranges that the model alone may report per view; the rest of a hostile text adds nothing.</summary>
    private const int MaxRanges = 8;

    private readonly RuleSet _rules;
    private readonly int _budget;

    /// <summary>Null until the first view: nobody pays for the model before there is something to read.</summary>
    private InjectionJudgement? _judgement;

    /// <summary>A detector over the injection rules of <paramref name="table"/> and the built-in model.</summary>
    /// <param name="table">The rules.</param>
    /// <param name="budget">The false-alarm budget: one benign document in so many; 0 for the rules alone.</param>
    public InjectionDetector(RuleTable table, int budget = InjectionBudget.Default)
    {
        ArgumentNullException.ThrowIfNull(table);
        _rules = table.Injections;
        _budget = budget;
    }

    /// <summary>A detector with a model of its own, for training and measuring.</summary>
    internal InjectionDetector(RuleTable table, InjectionJudgement judgement)
        : this(table) => _judgement = judgement;

    /// <inheritdoc />
    public void Detect(scoped in View view, HitList hits)
    {
        ArgumentNullException.ThrowIfNull(hits);
        if (view.Direction != Direction.Inbound || (view.Shows & ViewShows.Wordings) == 0 || !Reads(view))
        {
            return;
        }

        var first = hits.Count;
        _rules.Scan(view.Bytes, hits);
        var readsLanguage = (view.Shows & ViewShows.Language) != 0;
        if (_budget == 0 || !(readsLanguage || hits.Count > first))
        {
            return;
        }

        var judgement = _judgement ??= new InjectionJudgement(InjectionModel.BuiltIn, _budget);
        Span<ScoredRange> ranges = stackalloc ScoredRange[MaxRanges];
        var threshold = judgement.ThresholdOf(LengthOf(view));
        var count = 0;
        if (readsLanguage)
        {
            judgement.Model.Score(view.Bytes, threshold - InjectionJudgement.SuspectMargin, ranges, out count);
            count = KeepProse(view.Bytes, ranges[..count]);
        }

        if (hits.Count > first || count > 0)
        {
            judgement.Weigh(view.Bytes, threshold, ranges[..count], hits, first);
        }
    }

    /// <summary>
    /// The length that a threshold is chosen by. Less is asked of a short text than of a short answer of a program, whose field names and
    /// single words are no sentence, and than of a border, which begins and ends anywhere.
    /// </summary>
    private static int LengthOf(scoped in View view) =>
        view.Part == PartKind.Border || (view.Chain.Depth > 0 && view.Chain[0] == Decoding.Json) ? int.MaxValue : view.PartLength;

    /// <summary>Moves ranges of prose to the front and returns how many there are: digests and numbers are no language, whatever the model makes of their letters.</summary>
    private static int KeepProse(ReadOnlySpan<byte> text, Span<ScoredRange> ranges)
    {
        var kept = 0;
        foreach (var range in ranges)
        {
            if (IsProse(text[range.Start..range.End]))
            {
                ranges[kept++] = range;
            }
        }

        return kept;
    }

    /// <summary>Sentences have few digits, even where letters are written as digits; hexadecimal and base64 have more. And some line of them has words.</summary>
    private static bool IsProse(ReadOnlySpan<byte> text)
    {
        const int LettersPerDigit = 3;
        if (!HasWords(text))
        {
            return false;
        }

        var (letters, digits) = (0, 0);
        foreach (var b in text)
        {
            digits += char.IsAsciiDigit((char)b) ? 1 : 0;
            letters += char.IsAsciiLetter((char)b) || b >= 0x80 ? 1 : 0;
        }

        return letters >= digits * LettersPerDigit;
    }

    /// <summary>True when a line has four words, or letters of another script, which may do without blanks.</summary>
    private static bool HasWords(ReadOnlySpan<byte> text)
    {
        const int Blanks = 3;
        foreach (var line in text.Split((byte)'\n'))
        {
            if (text[line].Count((byte)' ') >= Blanks)
            {
                return true;
            }
        }

        return !System.Text.Ascii.IsValid(text);
    }

    /// <summary>The score that is compared with the threshold; the least of all numbers when the view is none that is read.</summary>
    internal float Score(scoped in View view, HitList hits)
    {
        if (!Reads(view))
        {
            return float.MinValue;
        }

        _rules.Scan(view.Bytes, hits);
        var best = _judgement!.Model.Score(view.Bytes, float.MaxValue, default, out _);
        return _judgement.ScoreOf(view.Bytes, best, hits) + InjectionJudgement.ReliefOf(LengthOf(view));
    }

    /// <summary>True for views that are folded or need no folding.</summary>
    internal static bool Reads(scoped in View view) => IsFolded(view.Chain) || System.Text.Ascii.IsValid(view.Bytes);

    private static bool IsFolded(ViewChain chain)
    {
        for (var i = 0; i < chain.Depth; i++)
        {
            if (chain[i] == Decoding.Fold)
            {
                return true;
            }
        }

        return false;
    }
}
