using System.Text;
using Postern.Engine.Detection.Injection.Learned;
using Postern.Engine.Views;

namespace Postern.Training;

/// <summary>Samples with their features and variants, made once and used by every training run.</summary>
internal sealed class TrainingSet
{
    /// <summary>What all ordinary pieces together weigh, in sources.</summary>
    private const float PiecesWeight = 3f;
    private const float LeastPieceWeight = 0.3f;

    /// <summary>What an attack and an ordinary text of a kind weigh. With twice as much what other sources teach is lost: cross-validation falls by three points.</summary>
    private const float AttackWeight = 0.5f;
    private const float OrdinaryWeight = 1f;

    private const int Joins = 4;
    private const int JoinStep = 19;

    private static readonly string[] s_quotations =
    [
        "The article quotes \"{0}\" as an example of prompt injection.",
        "Attackers may hide text such as '{0}' in a web page, and filters should treat it as data.",
        "assert detector.flags(\"{0}\")",
        "In our test suite the payload `{0}` was blocked by the guardrail.",
        "A known pattern, for example \"{0}\", is described in the OWASP guide; the scanner reports it and the page is not shown to the model.",
        "- pattern: \"{0}\"\n  severity: high\n  description: detects an injection attempt",
        "Q: What is an injection?\nA: A text like '{0}' that tries to change what the model does.",
        "Red-team notes: the phrase '{0}' appeared in 14 of 200 samples; none succeeded.",
    ];

    private readonly Sample[] _samples;
    private readonly TrainingText[][] _texts;
    private readonly List<TrainingText> _pieces = [];

    public TrainingSet(IReadOnlyList<Sample> samples, IReadOnlyList<byte[]> pieces, Lexicon lexicon)
    {
        Lexicon = lexicon;
        _samples = [.. samples.Where(static s => !s.IsHeld)];
        var builder = new ViewBuilder(new ViewLimits());
        _texts = [.. _samples.Select((s, i) => Variants(s, i, pieces, builder))];
        Add(pieces);
    }

    public Lexicon Lexicon { get; }

    public IReadOnlyList<Sample> Samples => _samples;

    /// <summary>Adds ordinary pieces.</summary>
    public void Add(IEnumerable<byte[]> pieces)
    {
        var builder = new ViewBuilder(new ViewLimits());
        _pieces.AddRange(pieces.Select(p => TrainingText.Of(false, p, Lexicon, builder)).Where(static t => t.Views.Count > 0));
    }

    /// <summary>The texts of the samples that pass, each source with the same weight, and the ordinary pieces.</summary>
    public List<TrainingText> Texts(Func<Sample, bool> isIn)
    {
        var chosen = Enumerable.Range(0, _samples.Length).Where(i => isIn(_samples[i]) && _samples[i].Counts).ToArray();
        var sizes = chosen.GroupBy(i => (_samples[i].Source, _samples[i].IsAttack)).ToDictionary(static g => g.Key, static g => g.Count());
        var result = new List<TrainingText>();
        var mean = (float)sizes.Where(static s => !SampleFiles.IsKind(s.Key.Source)).Average(static s => s.Value);
        foreach (var i in chosen)
        {
            var key = (_samples[i].Source, _samples[i].IsAttack);
            // Between one vote per text and one per source: a source of thirty texts must not outvote one of five hundred. A kind is no source.
            var weight = !SampleFiles.IsKind(key.Source) ? MathF.Sqrt(mean / sizes[key]) : key.IsAttack ? AttackWeight : OrdinaryWeight;
            result.AddRange(_texts[i].Select((t, variant) => t with { Weight = weight * (variant == 0 ? 1 : t.IsAttack ? 0.5f : 0.35f) }));
        }

        var share = MathF.Max(LeastPieceWeight, PiecesWeight * mean / _pieces.Count);
        result.AddRange(_pieces.Select(p => p with { Weight = share }));
        return result;
    }

    private TrainingText[] Variants(Sample sample, int index, IReadOnlyList<byte[]> pieces, ViewBuilder builder)
    {
        var texts = new List<TrainingText> { TrainingText.Of(sample.IsAttack, sample.Text, Lexicon, builder) };
        if (sample.IsAttack && sample.Text.Length < 600 && pieces.Count > 0)
        {
            var piece = pieces[(int)((uint)index * 2654435761 % (uint)pieces.Count)];
            texts.Add(TrainingText.Of(true, [.. piece.AsSpan(0, piece.Length / 2), .. "\n"u8, .. sample.Text, .. "\n"u8, .. piece.AsSpan(piece.Length / 2)], Lexicon, builder));
        }

        if (sample.IsAttack && sample.Text.Length is > 20 and < 160 && index % 2 == 0)
        {
            var quoted = string.Format(System.Globalization.CultureInfo.InvariantCulture, s_quotations[index / 2 % s_quotations.Length], Encoding.UTF8.GetString(sample.Text));
            texts.Add(TrainingText.Of(false, Encoding.UTF8.GetBytes(quoted), Lexicon, builder));
        }

        if (sample.Lang == "en" && sample.Text.Length is > 20 and < 160 && index % 4 == 1)
        {
            texts.Add(TrainingText.Of(sample.IsAttack, Disguises.Of(sample.Text, index / 4), Lexicon, builder));
        }

        if (sample.Text.Length < 400 && index % 3 == 0)
        {
            texts.Add(TrainingText.Of(sample.IsAttack, Joined(sample, index), Lexicon, builder));
        }

        return [.. texts.Where(static t => t.Views.Count > 0)];
    }

    /// <summary>Several texts of one list behind each other: what people paste is longer than a sentence.</summary>
    private byte[] Joined(Sample sample, int index)
    {
        var text = new List<byte>(sample.Text);
        for (var i = 1; i <= Joins; i++)
        {
            var other = _samples[(index + (i * JoinStep)) % _samples.Length];
            if (other.Source == sample.Source && other.IsAttack == sample.IsAttack && other.Text.Length < 600)
            {
                text.Add((byte)' ');
                text.AddRange(other.Text);
            }
        }

        return [.. text];
    }
}
