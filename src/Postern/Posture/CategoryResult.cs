namespace Postern.Program.Posture;

/// <summary>What came of one category.</summary>
/// <param name="Category">Which.</param>
/// <param name="Results">Attacks and twins, in the order in which they were tried.</param>
internal sealed record CategoryResult(ScenarioCategory Category, IReadOnlyList<ProbeResult> Results)
{
    /// <summary>Attacks that were tried.</summary>
    public int Attacks => Results.Count(static result => !result.IsControl);

    /// <summary>Those that were caught.</summary>
    public int Caught => Results.Count(static result => result.Outcome == ProbeOutcome.Caught);

    /// <summary>Twins that were stopped.</summary>
    public int FalseAlarms => Results.Count(static result => result.Outcome == ProbeOutcome.FalseAlarm);

    /// <summary>
    /// How well it is told apart, 0 to 1: the share of attacks caught less the share of twins stopped (Youden's index). To stop
    /// everything is worth as little as to stop nothing.
    /// </summary>
    public double Share => Attacks == 0 ? 0 : Math.Max(0, (double)(Caught - FalseAlarms) / Attacks);

    /// <summary>What it contributes to the score.</summary>
    public double Points => Share * Category.Weight;
}
