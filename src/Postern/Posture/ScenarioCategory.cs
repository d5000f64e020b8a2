namespace Postern.Program.Posture;

/// <summary>A kind of protection that is measured as a whole.</summary>
/// <param name="Name">Its id, which every scenario's id begins with.</param>
/// <param name="Title">What people read.</param>
/// <param name="Weight">Points that it is worth; those of all categories make 100.</param>
/// <param name="Scenarios">What is tried.</param>
internal sealed record ScenarioCategory(string Name, string Title, int Weight, IReadOnlyList<Scenario> Scenarios);
