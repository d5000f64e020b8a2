namespace Postern.Program.Scanning;

/// <summary>Whole lines that arrived together.</summary>
/// <param name="Bytes">The lines with their line feeds; a last line may lack its own.</param>
/// <param name="FirstLine">The number of the first one, from 1.</param>
internal readonly record struct Batch(byte[] Bytes, long FirstLine);
