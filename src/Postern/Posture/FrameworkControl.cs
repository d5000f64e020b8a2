namespace Postern.Program.Posture;

/// <summary>One entry of a framework.</summary>
/// <param name="Id">As the framework has it.</param>
/// <param name="Title">Its name.</param>
/// <param name="Scope">What Postern claims of it: covered, partly or not.</param>
internal sealed record FrameworkControl(string Id, string Title, string Scope)
{
    /// <summary>Ids of scenarios that speak for it; one that ends with a dot stands for its whole category.</summary>
    public IReadOnlyList<string> Scenarios { get; init; } = [];

    /// <summary>Tests that do, where no scenario can.</summary>
    public IReadOnlyList<string> Tests { get; init; } = [];

    /// <summary>What is left out, and why.</summary>
    public string Note { get; init; } = "";

    /// <summary>True when a scenario of this id speaks for it.</summary>
    public bool IsMetBy(string scenario) => Scenarios.Any(wanted => wanted.EndsWith('.') ? scenario.StartsWith(wanted, StringComparison.Ordinal) : scenario == wanted);
}
