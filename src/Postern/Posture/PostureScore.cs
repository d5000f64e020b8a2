using System.Text.Json;

namespace Postern.Program.Posture;

/// <summary>
/// One number for a simulation, 0 to 100. Points come from what was caught and from nothing else: no setting is looked at, and what was
/// not tried is worth nothing.
/// </summary>
/// <param name="report">The simulation.</param>
internal sealed class PostureScore(SimulationReport report)
{
    /// <summary>Best score with a critical exposure: C.</summary>
    public const int CriticalCap = 79;

    /// <summary>Best score where a category of weight caught nothing: D.</summary>
    public const int BlindCap = 69;

    /// <summary>Best score where ordinary work is stopped: F.</summary>
    public const int UnusableCap = 59;

    /// <summary>From this weight on a category that catches nothing bounds the score.</summary>
    private const int BlindWeight = 5;

    /// <summary>One harmless twin in so many may be stopped.</summary>
    private const int TwinsPerFalseAlarm = 4;

    /// <summary>What bounds it.</summary>
    public IReadOnlyList<ScoreCap> Caps { get; } = [.. CapsOf(report)];

    /// <summary>The points, whatever bounds them.</summary>
    public int Points => (int)Math.Floor(report.Categories.Sum(static category => category.Points) + 1e-9);

    /// <summary>The score.</summary>
    public int Value => Caps.Select(static cap => cap.Highest).Append(Points).Min();

    /// <summary>A from 90, B from 80, C from 70, D from 60, else F.</summary>
    public char Grade => Value switch { >= 90 => 'A', >= 80 => 'B', >= 70 => 'C', >= 60 => 'D', _ => 'F' };

    /// <summary>Prints it for people.</summary>
    public void WriteText(TextWriter to)
    {
        foreach (var category in report.Categories)
        {
            var (points, weight) = (category.Points, category.Category.Weight);
            to.WriteLine($"{category.Category.Name,-14} {FormattableString.Invariant($"{points:0.0}"),5} of {weight,2}  {category.Category.Title}");
        }

        foreach (var cap in Caps)
        {
            to.WriteLine(Terminal.Yellow($"at most {cap.Highest}") + ": " + cap.Reason);
        }

        to.WriteLine($"{Value} of 100, grade {Grade}. 'postern simulate' says what was missed and what would help.");
    }

    /// <summary>Writes it as members of an object.</summary>
    public void WriteJson(Utf8JsonWriter writer)
    {
        writer.WriteNumber("score", Value);
        writer.WriteString("grade", Grade.ToString());
        writer.WriteNumber("points", Points);
        writer.WriteArray("caps", Caps, static (item, cap) =>
        {
            item.WriteNumber("max", cap.Highest);
            item.WriteString("reason", cap.Reason);
        });
        writer.WriteArray("categories", report.Categories, static (item, category) =>
        {
            item.WriteString("name", category.Category.Name);
            item.WriteNumber("points", Math.Round(category.Points, 2));
            item.WriteNumber("max", category.Category.Weight);
            item.WriteNumber("attacks", category.Attacks);
            item.WriteNumber("caught", category.Caught);
            item.WriteNumber("false_alarms", category.FalseAlarms);
        });
        writer.WriteString("config", report.Loaded.Path ?? "defaults");
        writer.WriteString("config_hash", report.Loaded.Hash);
    }

    private static IEnumerable<ScoreCap> CapsOf(SimulationReport report)
    {
        foreach (var exposure in report.Results.Where(static result => result is { Scenario.IsCritical: true, Outcome: ProbeOutcome.Missed or ProbeOutcome.Observed }))
        {
            yield return new ScoreCap(CriticalCap, $"{exposure.Id}: {exposure.Scenario.Title} got through");
        }

        foreach (var blind in report.Categories.Where(static category => category is { Category.Weight: >= BlindWeight, Caught: 0 }))
        {
            yield return new ScoreCap(BlindCap, $"{blind.Category.Name}: nothing was caught");
        }

        if (report.Categories.Sum(static category => category.FalseAlarms) * TwinsPerFalseAlarm > report.Categories.Sum(static category => category.Attacks))
        {
            yield return new ScoreCap(UnusableCap, "too much harmless traffic was stopped");
        }
    }
}
