using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Postern.Engine.Detection.Injection.Learned;

namespace Postern.Training;

/// <summary>One run from the texts to the weights and the report that is committed next to them.</summary>
internal sealed class TrainingRun
{
    private const int Seed = 20261120;

    /// <summary>Pieces of the calibration that score more are written down with <c>--show</c>.</summary>
    private const float Loud = -1.5f;
    private const int MaxLoud = 150;
    private const int MaxShown = 300;

    private readonly Dictionary<string, string> _options;
    private readonly string[] _directories;
    private readonly List<Sample> _development;
    private readonly List<Sample> _own = [];
    private readonly Report _report = new();
    private readonly List<(float Score, string Text)> _loud = [];

    public TrainingRun(Dictionary<string, string> options)
    {
        _options = options;
        _directories = options["--benign"].Split(':');
        _development = [.. SampleFiles.JsonLines(Hashed(Path.Combine(options["--data"], "injection-dev.jsonl")), "dev")];
        foreach (var file in Files(options.GetValueOrDefault("--corpus", Path.Combine(Tree, "tests/corpus/injection")), "*.jsonl"))
        {
            _own.AddRange(SampleFiles.JsonLines(Hashed(file), "corpus:"));
        }

        foreach (var file in Files(Path.Combine(Tree, "tools/Postern.Training/Seeds"), "*.txt"))
        {
            _own.AddRange(SampleFiles.Lines(Hashed(file), Path.GetFileName(file).StartsWith("attack", StringComparison.Ordinal)));
        }
    }

    private string Tree => _options["--tree"];

    /// <summary>Counts what each rule matches.</summary>
    public void Count() =>
        RuleCensus.Show(_development.Concat(_own.Where(static s => s.IsHeld)), BenignFiles.Pieces(_directories, static share => share != 0, Number("--calibrate", 60_000)), _report);

    /// <summary>Trains, calibrates, validates, and writes what <c>--out</c> names.</summary>
    public void Train()
    {
        var lexicon = LexiconFiles.Read(Path.Combine(Tree, "tools/Postern.Training/Lexicon"));
        var pool = BenignFiles.Pieces(_directories, static share => share == 0, Number("--pool", 50_000)).ToList();
        var pieces = pool.Take(Number("--pieces", 9_000)).ToList();
        _report.Line($"seed {Seed}; {_development.Count} development texts, {_own.Count} of our own, {pieces.Count} ordinary pieces of Debian documentation, manual pages, npm and NuGet packages");
        List<Sample> all = [.. _development, .. _own];
        AssignClusters(all);
        var set = new TrainingSet(all, pieces, lexicon);
        var hard = HardOnes(new Learner(Seed).Train(set.Texts(static _ => true), lexicon), pool[pieces.Count..]);
        _report.Line($"and the {hard.Count} of {pool.Count - pieces.Count} further pieces that a first model finds most like attacks");
        set.Add(hard);
        var trained = new Learner(Seed).Train(set.Texts(static _ => true), lexicon);
        var thresholds = Calibrate(trained);
        var model = new InjectionModel(trained.Weights, trained.Scale, lexicon, thresholds);
        var threshold = thresholds.For(Math.Min(InjectionBudget.Default, thresholds.Tightest));
        Write(model);
        ShowSeen(all, new Scorer(model), threshold);
        var left = _options.ContainsKey("--no-cross") ? [] : Validate(set, threshold);
        Show(left);
        if (_options.TryGetValue("--out", out var output))
        {
            _report.Save(Path.ChangeExtension(output, ".txt"));
        }
    }

    /// <summary>Ordinary pieces that a model takes for attacks teach more than any others.</summary>
    private List<byte[]> HardOnes(InjectionModel model, List<byte[]> pieces)
    {
        var scored = new (float Score, int Index)[pieces.Count];
        Parallel.For(0, pieces.Count, new ParallelOptions { MaxDegreeOfParallelism = 2 }, () => new Scorer(model), (i, _, scorer) =>
        {
            scored[i] = (scorer.ScoreOf(pieces[i]), i);
            return scorer;
        }, static _ => { });
        return [.. scored.OrderByDescending(static s => s.Score).ThenBy(static s => s.Index).Take(Number("--hard", 6_000)).Select(s => pieces[s.Index])];
    }

    /// <summary>Our corpora are written by hand and hold no rewordings of the development texts; comparing everything would take minutes.</summary>
    private void AssignClusters(List<Sample> all)
    {
        Clusters.Assign([.. all.Where(static s => !IsCorpus(s))], _development.Count);
        for (var i = 0; i < all.Count; i++)
        {
            all[i].Cluster = IsCorpus(all[i]) ? all.Count + i : all[i].Cluster;
        }
    }

    private static bool IsCorpus(Sample sample) => sample.Source.StartsWith("corpus:", StringComparison.Ordinal);

    private ThresholdTable Calibrate(InjectionModel model)
    {
        var thresholds = Calibration.Of(model, BenignFiles.Pieces(_directories, static share => share != 0, Number("--calibrate", 120_000)), (piece, score) =>
        {
            if (score > Loud)
            {
                _loud.Add((score, Encoding.UTF8.GetString(piece)));
            }
        });
        foreach (var row in thresholds.Rows)
        {
            _report.Line($"calibration on {thresholds.Documents} pieces: 1 in {row.OneIn} -> {row.Score:F3}");
        }

        return thresholds;
    }

    private void ShowSeen(List<Sample> all, Scorer scorer, float threshold)
    {
        var traffic = Files(Path.Combine(_options["--data"], "benign-traffic-dev"), "*.txt").Select(f => scorer.ScoreOf(File.ReadAllBytes(f))).ToArray();
        _report.Line($"ordinary traffic, never trained on: {traffic.Count(t => t >= threshold)} of {traffic.Length} flagged, highest {traffic.Max():F2}");
        _report.Show("held half of our own corpus", [.. _own.Where(static s => s.IsHeld).Select(s => new Scored(s, scorer.ScoreOf(s.Text)))], threshold);
        _report.Show("seen in training, for orientation", [.. all.Where(static s => !s.IsHeld).Select(s => new Scored(s, scorer.ScoreOf(s.Text)))], threshold);
    }

    private List<Scored> Validate(TrainingSet set, float threshold)
    {
        var isDevelopment = _development.ToHashSet();
        var kinds = CrossValidation.ByKind(set, Seed);
        _report.Show("leave kinds of our own out", kinds, threshold);
        _report.Show("leave a fifth of each kind out", CrossValidation.ByCluster(set, CrossValidation.IsOfKind, Seed), threshold);
        if (_options.ContainsKey("--no-sources"))
        {
            return kinds;
        }

        _report.Show("cross-validation by cluster", CrossValidation.ByCluster(set, isDevelopment.Contains, Seed), threshold);
        var left = CrossValidation.BySource(set, isDevelopment.Contains, Seed);
        _report.Show("leave one source out", left, threshold);
        return [.. kinds, .. left];
    }

    private void Write(InjectionModel model)
    {
        if (_options.TryGetValue("--out", out var output))
        {
            using var stream = File.Create(output);
            model.Write(stream);
        }
    }

    private void Show(List<Scored> left)
    {
        if (!_options.TryGetValue("--show", out var show))
        {
            return;
        }

        using var writer = new StreamWriter(show);
        foreach (var (score, text) in _loud.OrderByDescending(static l => l.Score).Take(MaxLoud))
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"LOUD {score:F2} {Line(text)}"));
        }

        foreach (var (sample, score) in left.Where(static s => s.Sample.Counts).OrderByDescending(static s => s.Score))
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(sample.IsAttack ? "ATTACK" : "BENIGN")} {score:F2} {sample.Source} {Line(Encoding.UTF8.GetString(sample.Text))}"));
        }
    }

    private static string Line(string text) => text[..Math.Min(MaxShown, text.Length)].ReplaceLineEndings("\\n");

    private int Number(string option, int otherwise) =>
        _options.TryGetValue(option, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    private string Hashed(string file)
    {
        _report.Line($"input {Path.GetFileName(file)} sha256 {Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))}");
        return file;
    }

    private static IEnumerable<string> Files(string directory, string pattern) => Directory.EnumerateFiles(directory, pattern).Order(StringComparer.Ordinal);
}
