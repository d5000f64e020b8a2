namespace Postern.Sandbox.Planning.Elsewhere;

/// <summary>One step of a contained start on Windows.</summary>
/// <param name="Call">The function of the system.</param>
/// <param name="With">What it is told.</param>
/// <param name="Why">What it holds.</param>
public sealed record WindowsStep(string Call, string With, string Why);
