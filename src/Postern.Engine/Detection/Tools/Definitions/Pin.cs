namespace Postern.Engine.Detection.Tools.Definitions;

/// <summary>A definition as it was when it was trusted.</summary>
/// <param name="Trusted">The definition that passes.</param>
/// <param name="Pending">What the server says instead, waiting for a person; null when it says the same.</param>
public sealed record Pin(Definition Trusted, Definition? Pending = null);
