namespace Postern.Program.Scanning;

/// <summary>What became of a batch.</summary>
/// <param name="Output">The answers, a line each.</param>
/// <param name="Faults">The lines that could not be judged.</param>
internal readonly record struct BatchAnswer(byte[] Output, List<LineFault> Faults);
