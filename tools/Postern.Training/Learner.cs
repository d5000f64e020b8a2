using Postern.Engine.Detection.Injection.Learned;

namespace Postern.Training;

/// <summary>
/// Logistic regression on the worst window of every text: that is what the engine decides by, and it makes every benign text show what
/// is hardest about it. AdaGrad; a part of the features is left out at every step, so that no single one carries a decision.
/// </summary>
internal sealed class Learner(int seed)
{
    private const float Rate = 0.15f;

    /// <summary>Kinds of words hold in texts of every source and language; words may be a source's own.</summary>
    private const float KindRate = 2f * Rate;
    private const float Decay = 2e-5f;
    private const float FirstSlope = 0.1f;
    private const int Epochs = 14;

    /// <summary>Of 256 features of words, so many are left out.</summary>
    private const uint DropOut = 80;

    /// <summary>One step in so many sees kinds alone: they have to carry texts in words that training never saw.</summary>
    private const uint KindsAlone = 4;
    private const int Kinds = 1 << (InjectionModel.Bits - FeatureMix.KindShift);

    private readonly float[] _weights = new float[1 << InjectionModel.Bits];
    private readonly float[] _slopes = new float[1 << InjectionModel.Bits];
    private readonly float[] _sums = new float[1 << InjectionModel.Bits];
    private float _bias = -1;
    private float _biasSlope = 1;
    private float _biasSum;
    private uint _random = (uint)seed * 2654435761 + 1;

    /// <summary>Trains on the texts and returns the model, without thresholds.</summary>
    public InjectionModel Train(IReadOnlyList<TrainingText> texts, Lexicon lexicon)
    {
        var order = Enumerable.Range(0, texts.Count).ToArray();
        var kept = 0;
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            Shuffle(order);
            foreach (var index in order)
            {
                Learn(texts[index], epoch);
            }

            // The mean of the later epochs is steadier than the last.
            if (epoch >= Epochs / 2)
            {
                kept++;
                _biasSum += _bias;
                for (var i = 0; i < _weights.Length; i++)
                {
                    _sums[i] += _weights[i];
                }
            }
        }

        return Quantize(kept, lexicon);
    }

    private void Learn(TrainingText text, int epoch)
    {
        var (view, first, count) = epoch == 0 ? AnyWindow(text) : text.IsAttack && Next() % 3 == 0 ? AnyWindow(text) : BestWindow(text);
        var features = view.Of(first, count);
        var norm = WindowSums.NormOf(view.TokensOf(first, count));
        var salt = Next();
        var isKindsAlone = Next() % KindsAlone == 0;
        var (words, kinds) = (0f, 0f);
        foreach (var feature in features)
        {
            if (feature < Kinds)
            {
                kinds += _weights[feature];
            }
            else if (!isKindsAlone && !IsOut(feature, salt))
            {
                words += _weights[feature];
            }
        }

        var sum = (((words * 256f / (256 - DropOut)) + kinds) * norm) + _bias;
        var error = ((1 / (1 + MathF.Exp(-sum))) - (text.IsAttack ? 1 : 0)) * text.Weight;
        if (MathF.Abs(error) < 1e-4f)
        {
            return;
        }

        _biasSlope += error * error;
        _bias -= Rate / MathF.Sqrt(_biasSlope) * error;
        var step = error * norm;
        foreach (var feature in features)
        {
            if (feature < Kinds || (!isKindsAlone && !IsOut(feature, salt)))
            {
                var slope = step + (Decay * _weights[feature]);
                _slopes[feature] += slope * slope;
                _weights[feature] -= (feature < Kinds ? KindRate : Rate) * slope / MathF.Sqrt(_slopes[feature] + FirstSlope);
            }
        }
    }

    private static bool IsOut(int feature, uint salt) => (((uint)feature ^ salt) * 0x9E3779B1) >> 24 < DropOut;

    private (BlockedText View, int First, int Count) AnyWindow(TrainingText text)
    {
        var view = text.Views[(int)(Next() % (uint)text.Views.Count)];
        var length = Math.Min(view.Blocks, WindowSums.Lengths[(int)(Next() % (uint)WindowSums.Lengths.Length)]);
        return (view, (int)(Next() % (uint)(view.Blocks - length + 1)), length);
    }

    private (BlockedText View, int First, int Count) BestWindow(TrainingText text)
    {
        var (best, result) = (float.MinValue, (text.Views[0], 0, 1));
        foreach (var view in text.Views)
        {
            var sums = new float[view.Blocks + 1];
            for (var block = 0; block < view.Blocks; block++)
            {
                var sum = 0f;
                foreach (var feature in view.Of(block, 1))
                {
                    sum += _weights[feature];
                }

                sums[block + 1] = sums[block] + sum;
            }

            foreach (var length in WindowSums.Lengths)
            {
                var count = Math.Min(length, view.Blocks);
                for (var first = 0; first + count <= view.Blocks; first++)
                {
                    var score = (sums[first + count] - sums[first]) * WindowSums.NormOf(view.TokensOf(first, count));
                    if (score > best)
                    {
                        (best, result) = (score, (view, first, count));
                    }
                }
            }
        }

        return result;
    }

    private InjectionModel Quantize(int kept, Lexicon lexicon)
    {
        var magnitudes = _sums.Where(static w => w != 0).Select(MathF.Abs).Order().ToArray();
        var largest = magnitudes.Length == 0 ? 1 : magnitudes[(int)(magnitudes.Length * 0.9998)] / kept;
        var step = largest / sbyte.MaxValue;
        var weights = Array.ConvertAll(_sums, w => (sbyte)Math.Clamp(MathF.Round(w / kept / step), -127, 127));
        return new InjectionModel(weights, new ModelScale(step, _biasSum / kept), lexicon, new ThresholdTable([], 0));
    }

    private void Shuffle(int[] order)
    {
        for (var i = order.Length - 1; i > 0; i--)
        {
            var j = (int)(Next() % (uint)(i + 1));
            (order[i], order[j]) = (order[j], order[i]);
        }
    }

    private uint Next()
    {
        _random ^= _random << 13;
        _random ^= _random >> 17;
        return _random ^= _random << 5;
    }
}
