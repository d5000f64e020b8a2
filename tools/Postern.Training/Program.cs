using System.Text;
using Postern.Engine.Detection.Injection.Learned;
using Postern.Training;

// Postern.Training --data DIR --tree REPOSITORY --benign DIR[:DIR…] [--out FILE] [--no-cross] [--show N]
const int Seed = 20261120;
var options = args.Chunk(2).Where(static p => p.Length == 2).ToDictionary(static p => p[0], static p => p[1]);
var tree = options["--tree"];
var report = new Report();
var lexicon = LexiconFiles.Read(Path.Combine(tree, "tools/Postern.Training/Lexicon"));
var development = SampleFiles.JsonLines(Path.Combine(options["--data"], "injection-dev.jsonl"), "dev").ToList();
var own = new List<Sample>();
foreach (var file in Directory.EnumerateFiles(options.GetValueOrDefault("--corpus", Path.Combine(tree, "tests/corpus/injection")), "*.jsonl").Order(StringComparer.Ordinal))
{
    own.AddRange(SampleFiles.JsonLines(file, "corpus:"));
}

foreach (var file in Directory.EnumerateFiles(Path.Combine(tree, "tools/Postern.Training/Seeds"), "*.txt").Order(StringComparer.Ordinal))
{
    own.AddRange(SampleFiles.Lines(file, Path.GetFileName(file).StartsWith("attack", StringComparison.Ordinal)));
}

if (options.ContainsKey("--census"))
{
    RuleCensus.Show(development.Concat(own.Where(static s => s.IsHeld)), BenignFiles.Pieces(options["--benign"].Split(':'), static share => share != 0, 60_000), report);
    return 0;
}

var directories = options["--benign"].Split(':');
var pieces = BenignFiles.Pieces(directories, static share => share == 0, int.Parse(options.GetValueOrDefault("--pieces", "12000"))).ToList();
report.Line($"{development.Count} development texts, {own.Count} of our own, {pieces.Count} ordinary pieces to train on");
List<Sample> all = [.. development, .. own];
Clusters.Assign(all);
var set = new TrainingSet(all, pieces, lexicon);
var model = new Learner(Seed).Train(set.Texts(static _ => true), lexicon);
var count = int.Parse(options.GetValueOrDefault("--calibrate", "120000"));
var loud = new List<(float Score, string Text)>();
var thresholds = Calibration.Of(model, BenignFiles.Pieces(directories, static share => share != 0, count), (piece, score) =>
{
    if (score > -1.5f)
    {
        loud.Add((score, Encoding.UTF8.GetString(piece)));
    }
});
var threshold = thresholds.For(Math.Min(InjectionBudget.Default, thresholds.Tightest));
foreach (var row in thresholds.Rows)
{
    report.Line($"calibration on {thresholds.Documents} pieces: 1 in {row.OneIn} -> {row.Score:F3}");
}

var finished = new InjectionModel(model.Weights, model.Scale, lexicon, thresholds);
var scorer = new Scorer(finished);
var traffic = Directory.EnumerateFiles(Path.Combine(options["--data"], "benign-traffic-dev"), "*.txt").Order(StringComparer.Ordinal).Select(f => (f, scorer.ScoreOf(File.ReadAllBytes(f)))).ToArray();
report.Line($"benign traffic: {traffic.Count(t => t.Item2 >= threshold)} of {traffic.Length} flagged, highest {traffic.Max(static t => t.Item2):F2}");
report.Show("held half of our own corpus", [.. own.Where(static s => s.IsHeld).Select(s => new Scored(s, scorer.ScoreOf(s.Text)))], threshold);
var isDevelopment = development.ToHashSet();
report.Show("seen in training, for orientation", [.. all.Where(static s => !s.IsHeld).Select(s => new Scored(s, scorer.ScoreOf(s.Text)))], threshold);
List<Scored> cross = [];
if (!options.ContainsKey("--no-cross"))
{
    cross = CrossValidation.ByCluster(set, isDevelopment.Contains, Seed);
    report.Show("cross-validation by cluster", cross, threshold);
    var bySource = CrossValidation.BySource(set, isDevelopment.Contains, Seed);
    report.Show("leave one source out", bySource, threshold);
    if (options.ContainsKey("--show")) { cross = bySource; }
}

if (options.TryGetValue("--show", out var show))
{
    using var writer = new StreamWriter(show);
    foreach (var (score, text) in loud.OrderByDescending(static l => l.Score).Take(150))
    {
        writer.WriteLine($"LOUD {score:F2} {text[..Math.Min(500, text.Length)].ReplaceLineEndings("\\n")}");
    }

    foreach (var s in cross.Where(s => s.Sample.Counts).OrderByDescending(static s => s.Score))
    {
        writer.WriteLine($"{(s.Sample.IsAttack ? "ATTACK" : "BENIGN")} {s.Score:F2} {s.Sample.Source} {Encoding.UTF8.GetString(s.Sample.Text)[..Math.Min(300, Encoding.UTF8.GetString(s.Sample.Text).Length)].ReplaceLineEndings("\\n")}");
    }
}

if (options.TryGetValue("--out", out var output))
{
    using (var stream = File.Create(output))
    {
        finished.Write(stream);
    }

    report.Save(Path.ChangeExtension(output, ".txt"));
}

return 0;
