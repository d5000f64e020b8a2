namespace Postern.Program.Posture;

/// <summary>An attack that should not get through, and its twin: the same way, the same shape, and nothing to object to.</summary>
/// <param name="Id">Stable for ever.</param>
/// <param name="Title">What is tried.</param>
/// <param name="Rules">Beginnings of the ids of rules that are meant to see it; another rule's refusal does not count.</param>
internal sealed record Scenario(string Id, string Title, IReadOnlyList<string> Rules)
{
    /// <summary>The setting that would help where it is missed.</summary>
    public string Fix { get; init; } = "";

    /// <summary>True where missing it leaves the agent's machine or its credentials open: it bounds the grade.</summary>
    public bool IsCritical { get; init; }

    /// <summary>True when payloads hold no places to fill: they are somebody's own value.</summary>
    public bool IsLiteral { get; init; }

    /// <summary>The attack; what counts is whether its last step arrives.</summary>
    public IReadOnlyList<ScenarioStep> Attack { get; init; } = [];

    /// <summary>The twin; every step has to arrive.</summary>
    public IReadOnlyList<ScenarioStep> Benign { get; init; } = [];
}
