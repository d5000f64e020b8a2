namespace Postern.Program.Posture;

/// <summary>One thing that an agent or a server does.</summary>
/// <param name="Carrier">How it travels; one of <see cref="Carriers"/>.</param>
/// <param name="Payload">What travels, with places for synthetic values.</param>
internal sealed record ScenarioStep(string Carrier, string Payload);
