namespace Postern.Transports.Control;

/// <summary>What came of reading the configuration again.</summary>
/// <param name="IsRefused">True when the file was not taken: it has errors, or would weaken protection.</param>
/// <param name="Said">What was said about it, line by line.</param>
public sealed record ReloadReport(bool IsRefused, IReadOnlyList<string> Said);
