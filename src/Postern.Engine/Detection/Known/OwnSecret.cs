using Postern.Engine.Configuration;

namespace Postern.Engine.Detection.Known;

/// <summary>One value that must not leave.</summary>
/// <param name="Name">The variable it came from; empty for a line of a file. Never shown to agents.</param>
/// <param name="Value">The value, 8 to 4,096 bytes.</param>
public sealed record OwnSecret(string Name, SecretText Value);
