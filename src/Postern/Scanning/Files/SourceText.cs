namespace Postern.Program.Scanning.Files;

/// <summary>A text with its place in a file: a whole file, or lines that a change adds.</summary>
/// <param name="Path">The file as it is printed.</param>
/// <param name="Bytes">The text.</param>
/// <param name="FirstLine">The number of its first line in the file, from 1.</param>
internal sealed record SourceText(string Path, ReadOnlyMemory<byte> Bytes, int FirstLine = 1)
{
    /// <summary>The line above the first one; empty when there is none. Only comments in it count.</summary>
    public ReadOnlyMemory<byte> Above { get; init; }
}
