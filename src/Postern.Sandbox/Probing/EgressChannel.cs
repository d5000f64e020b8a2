namespace Postern.Sandbox.Probing;

/// <summary>One way out.</summary>
/// <param name="Name">How reports call it.</param>
/// <param name="Meaning">What is tried.</param>
/// <param name="IsOpen">Tries it.</param>
internal sealed record EgressChannel(string Name, string Meaning, Func<EgressTargets, bool> IsOpen);
