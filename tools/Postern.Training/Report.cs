using System.Globalization;
using System.Text;

namespace Postern.Training;

/// <summary>Tables of what was found and what was flagged wrongly.</summary>
internal sealed class Report
{
    private readonly StringBuilder _text = new();

    public void Line(FormattableString line)
    {
        var text = line.ToString(CultureInfo.InvariantCulture);
        Console.WriteLine(text);
        _text.Append(text).Append('\n');
    }

    /// <summary>Recall at a share of false alarms that the benign texts themselves set, and at a fixed threshold.</summary>
    public void Show(string title, IReadOnlyList<Scored> scored, float threshold)
    {
        var attacks = scored.Where(static s => s.Sample is { IsAttack: true, Counts: true }).Select(static s => s.Score).ToArray();
        var benign = scored.Where(static s => s.Sample is { IsAttack: false, Counts: true }).Select(static s => s.Score).OrderDescending().ToArray();
        Line($"{title}: {attacks.Length} attacks, {benign.Length} benign");
        foreach (var share in (double[])[0.002, 0.005, 0.01])
        {
            var at = benign.Length == 0 ? 0 : benign[Math.Min(benign.Length - 1, (int)(benign.Length * share))];
            Line($"  at {share:P1} false alarms (score > {at:F2}): recall {Share(attacks, a => a > at)}");
        }

        Line($"  at the threshold {threshold:F2}: recall {Share(attacks, a => a >= threshold)}, false alarms {Share(benign, b => b >= threshold)}");
        foreach (var group in scored.GroupBy(static s => (s.Sample.Source, s.Sample.IsAttack, s.Sample.Counts)).OrderBy(static g => g.Key.ToString(), StringComparer.Ordinal))
        {
            Line($"    {group.Key.Source} {(group.Key.IsAttack ? "attack" : "benign")}{(group.Key.Counts ? "" : " (apart)")}: {Share([.. group.Select(static s => s.Score)], s => s >= threshold)}");
        }
    }

    public void Save(string file) => File.WriteAllText(file, _text.ToString());

    private static string Share(float[] scores, Func<float, bool> isOver) =>
        string.Create(CultureInfo.InvariantCulture, $"{scores.Count(isOver)} of {scores.Length} ({(scores.Length == 0 ? 0 : 100.0 * scores.Count(isOver) / scores.Length):F1} %)");
}
