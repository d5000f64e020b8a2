using System.Collections.Concurrent;

namespace Postern.Training;

/// <summary>What models say about texts that they were not trained on.</summary>
internal static class CrossValidation
{
    private const int Folds = 5;

    /// <summary>Clusters of the development data are left out in turn.</summary>
    public static List<Scored> ByCluster(TrainingSet set, Func<Sample, bool> isJudged, int seed) =>
        Run(set, isJudged, Enumerable.Range(0, Folds).Select(static fold => (Func<Sample, bool>)(s => (uint)(s.Cluster * 2654435761) % Folds == fold)), seed);

    /// <summary>Whole sources are left out in turn, with everything that is a rewording of theirs.</summary>
    public static List<Scored> BySource(TrainingSet set, Func<Sample, bool> isJudged, int seed) =>
        Run(set, isJudged, set.Samples.Where(isJudged).Select(static s => s.Source).Distinct().Select(static source => (Func<Sample, bool>)(s => s.Source == source)), seed);

    /// <summary>Our own kinds of texts are left out in turn, attacks of several kinds at once with the ordinary texts of as many others.</summary>
    public static List<Scored> ByKind(TrainingSet set, int seed)
    {
        var kinds = set.Samples.Where(IsOfKind).Select(static s => s.Source).Distinct().Order(StringComparer.Ordinal).ToList();
        return Run(set, IsOfKind, Enumerable.Range(0, Folds).Select(fold => (Func<Sample, bool>)(s => IsOfKind(s) && kinds.IndexOf(s.Source) % Folds == fold)), seed);
    }

    /// <summary>A text of our own kinds.</summary>
    public static bool IsOfKind(Sample sample) => SampleFiles.IsKind(sample.Source);

    private static List<Scored> Run(TrainingSet set, Func<Sample, bool> isJudged, IEnumerable<Func<Sample, bool>> splits, int seed)
    {
        var result = new ConcurrentBag<Scored>();
        Parallel.ForEach(splits, new ParallelOptions { MaxDegreeOfParallelism = 2 }, isOut =>
        {
            var left = set.Samples.Where(isOut).Select(static s => s.Cluster).ToHashSet();
            var model = new Learner(seed).Train(set.Texts(s => !isOut(s) && !left.Contains(s.Cluster)), set.Lexicon);
            var scorer = new Scorer(model);
            foreach (var sample in set.Samples.Where(s => isJudged(s) && isOut(s)))
            {
                result.Add(new Scored(sample, scorer.ScoreOf(sample.Text)));
            }
        });
        return [.. result.OrderBy(static s => s.Sample.Id, StringComparer.Ordinal)];
    }
}
