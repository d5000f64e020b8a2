namespace Postern.Program.Posture;

/// <summary>Something in a project that endangers the agents that work in it.</summary>
/// <param name="Id">What kind of risk.</param>
/// <param name="Severity">high or medium.</param>
/// <param name="Where">The file, and the line or member where one is known.</param>
/// <param name="Detail">What it is.</param>
internal sealed record ProjectRisk(string Id, string Severity, string Where, string Detail);
