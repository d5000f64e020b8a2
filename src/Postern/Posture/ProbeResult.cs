namespace Postern.Program.Posture;

/// <summary>What came of a scenario's attack or of its twin.</summary>
/// <param name="Scenario">Which.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Rules">Which rules spoke.</param>
internal sealed record ProbeResult(Scenario Scenario, ProbeOutcome Outcome, IReadOnlyList<string> Rules)
{
    /// <summary>True for the twin.</summary>
    public bool IsControl => Outcome is ProbeOutcome.FalseAlarm or ProbeOutcome.Passed;

    /// <summary>True when it ended as it should.</summary>
    public bool IsRight => Outcome is ProbeOutcome.Caught or ProbeOutcome.Passed;

    /// <summary>Tells the twin's result from the attack's.</summary>
    public string Id => IsControl ? Scenario.Id + ".benign" : Scenario.Id;

    /// <summary>One lower-case word.</summary>
    public string Word => Outcome switch
    {
        ProbeOutcome.Missed => "missed",
        ProbeOutcome.Observed => "observed",
        ProbeOutcome.Masked => "masked",
        ProbeOutcome.FalseAlarm => "false-alarm",
        ProbeOutcome.Passed => "passed",
        _ => "caught",
    };

    /// <summary>Why it is not right, for people.</summary>
    public string Why => Outcome switch
    {
        ProbeOutcome.Missed => "it arrived, and nothing was found",
        ProbeOutcome.Observed => $"it arrived, although {Spoken} saw it",
        ProbeOutcome.Masked => $"it was stopped by {Spoken}, not by {string.Join(" or ", Scenario.Rules)}",
        ProbeOutcome.FalseAlarm => $"its harmless twin was stopped by {Spoken}",
        _ => "",
    };

    private string Spoken => Rules.Count == 0 ? "no rule" : string.Join(", ", Rules);
}
