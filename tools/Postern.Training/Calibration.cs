using Postern.Engine.Detection.Injection.Learned;

namespace Postern.Training;

/// <summary>Thresholds from ordinary pieces that the model was not trained on.</summary>
internal static class Calibration
{
    /// <summary>A budget needs so many false alarms to be measured.</summary>
    private const int LeastAlarms = 10;

    private static readonly int[] s_budgets = [100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000];

    public static ThresholdTable Of(InjectionModel model, IEnumerable<byte[]> pieces, Action<byte[], float>? hear = null)
    {
        var scores = new List<float>();
        var gate = new Lock();
        Parallel.ForEach(
            pieces,
            new ParallelOptions { MaxDegreeOfParallelism = 2 },
            () => new Scorer(model),
            (piece, _, scorer) =>
            {
                var score = scorer.ScoreOf(piece);
                lock (gate)
                {
                    scores.Add(score);
                    hear?.Invoke(piece, score);
                }

                return scorer;
            },
            static _ => { });
        scores.Sort(static (a, b) => b.CompareTo(a));
        return new ThresholdTable([.. s_budgets.Where(b => scores.Count / b >= LeastAlarms).Select(b => new ThresholdTable.Row(b, MathF.BitIncrement(scores[scores.Count / b])))], scores.Count);
    }
}
