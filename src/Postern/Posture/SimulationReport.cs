using System.Text.Json;

namespace Postern.Program.Posture;

/// <summary>What came of a simulation.</summary>
/// <param name="Loaded">The configuration that was measured.</param>
/// <param name="Categories">The results.</param>
internal sealed record SimulationReport(LoadedConfig Loaded, IReadOnlyList<CategoryResult> Categories)
{
    /// <summary>Every attack and every twin.</summary>
    public IEnumerable<ProbeResult> Results => Categories.SelectMany(static category => category.Results);

    /// <summary>What did not end as it should.</summary>
    public IEnumerable<ProbeResult> Failures => Results.Where(static result => !result.IsRight);

    /// <summary>Writes the table and, for each failure, what, why and what would help.</summary>
    public void WriteText(TextWriter to)
    {
        to.WriteLine($"{"category",-14} {"caught",9} {"false alarms",13}");
        foreach (var category in Categories)
        {
            to.WriteLine($"{category.Category.Name,-14} {$"{category.Caught}/{category.Attacks}",9} {$"{category.FalseAlarms}/{category.Attacks}",13}  {category.Category.Title}");
        }

        foreach (var failure in Failures)
        {
            to.WriteLine();
            to.WriteLine($"{Paint(failure)}  {failure.Id}: {failure.Scenario.Title}");
            to.WriteLine($"{"",13}{Terminal.Plain(failure.Why)}");
            if (failure.Scenario.Fix.Length > 0 && !failure.IsControl)
            {
                to.WriteLine($"{"",13}{failure.Scenario.Fix}");
            }
        }

        var (attacks, caught) = (Categories.Sum(static category => category.Attacks), Categories.Sum(static category => category.Caught));
        to.WriteLine();
        to.WriteLine($"{caught} of {attacks} attacks caught, {Categories.Sum(static category => category.FalseAlarms)} of {attacks} harmless twins stopped; measured: {Loaded.Path ?? "the defaults"}");
    }

    /// <summary>Writes the same as members of an object.</summary>
    public void WriteJson(Utf8JsonWriter writer)
    {
        writer.WriteString("config", Loaded.Path ?? "defaults");
        writer.WriteString("config_hash", Loaded.Hash);
        writer.WriteNumber("attacks", Categories.Sum(static category => category.Attacks));
        writer.WriteNumber("caught", Categories.Sum(static category => category.Caught));
        writer.WriteNumber("false_alarms", Categories.Sum(static category => category.FalseAlarms));
        writer.WriteArray("scenarios", Results, static (item, result) =>
        {
            item.WriteString("id", result.Id);
            item.WriteString("title", result.Scenario.Title);
            item.WriteBoolean("benign", result.IsControl);
            item.WriteString("outcome", result.Word);
            item.WriteTexts("rules", result.Rules);
            item.WriteString("why", result.Why);
            item.WriteString("fix", result.IsRight || result.IsControl ? "" : result.Scenario.Fix);
        });
    }

    private static string Paint(ProbeResult failure) => failure.Outcome is ProbeOutcome.Missed or ProbeOutcome.Observed
        ? Terminal.Red(failure.Word.PadRight(11))
        : Terminal.Yellow(failure.Word.PadRight(11));
}
