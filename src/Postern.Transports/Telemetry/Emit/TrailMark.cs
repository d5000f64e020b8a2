using System.Globalization;

namespace Postern.Transports.Telemetry.Emit;

/// <summary>How far somebody has read the evidence.</summary>
/// <param name="File">The bare name of the file; empty for the beginning of everything.</param>
/// <param name="Offset">The byte after the last line that was read.</param>
/// <param name="Sequence">The number of the last record that was read; -1 for none.</param>
/// <param name="Run">Tells the runs of Postern apart that wrote one chain: each counts its exchanges anew.</param>
internal readonly record struct TrailMark(string File, long Offset, long Sequence, long Run)
{
    /// <summary>Before the oldest record.</summary>
    public static readonly TrailMark Beginning = new(string.Empty, 0, -1, 0);

    /// <summary>Reads what <see cref="ToString"/> wrote; anything else is the beginning: to tell twice is better than not at all.</summary>
    public static TrailMark Parse(string text) => text.TrimEnd('\n').Split(' ') is [var file, var offset, var sequence, var run]
        && long.TryParse(offset, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
        && long.TryParse(sequence, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        && long.TryParse(run, NumberStyles.None, CultureInfo.InvariantCulture, out var started)
            ? new TrailMark(file, at, number, started)
            : Beginning;

    /// <summary>On one line.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{File} {Offset} {Sequence} {Run}");
}
