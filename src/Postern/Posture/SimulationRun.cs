namespace Postern.Program.Posture;

/// <summary>Tries every scenario and its twin against one configuration.</summary>
internal static class SimulationRun
{
    /// <summary>The results, category by category.</summary>
    /// <param name="loaded">The configuration.</param>
    /// <param name="home">The home that it runs in.</param>
    /// <param name="wanted">Names of categories; empty for all.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task<SimulationReport> RunAsync(LoadedConfig loaded, Home home, IReadOnlyCollection<string> wanted, CancellationToken cancel)
    {
        var categories = new List<CategoryResult>();
        await using var stage = await Stage.OpenAsync(loaded, home, cancel).ConfigureAwait(false);
        foreach (var category in ScenarioCatalogue.All.Where(category => wanted.Count == 0 || wanted.Contains(category.Name)))
        {
            var results = new List<ProbeResult>();
            foreach (var scenario in category.Scenarios.Concat(CanaryScenarios.Of(category.Name, loaded.Config.CanaryTokens)))
            {
                results.Add(await AttackAsync(stage, scenario, cancel).ConfigureAwait(false));
                results.Add(await ControlAsync(stage, scenario, cancel).ConfigureAwait(false));
            }

            categories.Add(new CategoryResult(category, results));
        }

        return new SimulationReport(loaded, categories);
    }

    private static async Task<ProbeResult> AttackAsync(Stage stage, Scenario scenario, CancellationToken cancel)
    {
        var arrived = await PlayAsync(stage, scenario, scenario.Attack, cancel).ConfigureAwait(false);
        var rules = stage.Rulings.TakeRules();
        var isSeen = scenario.Rules.Count == 0 || rules.Any(rule => scenario.Rules.Any(meant => rule.StartsWith(meant, StringComparison.Ordinal)));
        var outcome = (arrived[^1], isSeen) switch
        {
            (false, true) => ProbeOutcome.Caught,
            (false, false) => ProbeOutcome.Masked,
            (true, true) => ProbeOutcome.Observed,
            _ => ProbeOutcome.Missed,
        };
        return new ProbeResult(scenario, outcome, rules);
    }

    private static async Task<ProbeResult> ControlAsync(Stage stage, Scenario scenario, CancellationToken cancel)
    {
        var arrived = await PlayAsync(stage, scenario, scenario.Benign, cancel).ConfigureAwait(false);
        return new ProbeResult(scenario, arrived.TrueForAll(static step => step) ? ProbeOutcome.Passed : ProbeOutcome.FalseAlarm, stage.Rulings.TakeRules());
    }

    private static async Task<List<bool>> PlayAsync(Stage stage, Scenario scenario, IReadOnlyList<ScenarioStep> steps, CancellationToken cancel)
    {
        await stage.BeginAsync(cancel).ConfigureAwait(false);
        var values = new SyntheticValues(stage.Host);
        var arrived = new List<bool>();
        foreach (var step in steps)
        {
            arrived.Add(await Carriers.All[step.Carrier](stage, scenario.IsLiteral ? step.Payload : values.Fill(step.Payload), cancel).ConfigureAwait(false));
        }

        return arrived;
    }
}
