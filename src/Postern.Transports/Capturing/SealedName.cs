using System.Globalization;

namespace Postern.Transports.Capturing;

/// <summary>What a file of captures is called; names in order are files in the order in which they were written.</summary>
/// <param name="Started">When the run began.</param>
/// <param name="Run">The run.</param>
/// <param name="Number">Which file of it, from 1.</param>
internal readonly record struct SealedName(DateTimeOffset Started, ReadOnlyMemory<byte> Run, int Number)
{
    private const string Prefix = "captures-";
    private const string Suffix = ".sealed";
    private const int ShownRunBytes = 4;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Prefix}{Started.UtcDateTime:yyyyMMdd'T'HHmmssfff}-{Convert.ToHexStringLower(Run.Span[..ShownRunBytes])}-{Number:D8}{Suffix}");

    /// <summary>The files of captures in a directory, the first that was written first.</summary>
    public static IReadOnlyList<string> FilesIn(string directory) =>
        [.. Directory.EnumerateFiles(directory, Prefix + "*" + Suffix).Order(StringComparer.Ordinal)];
}
