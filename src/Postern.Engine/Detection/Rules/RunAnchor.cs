using Postern.Engine.Detection.Shapes;

namespace Postern.Engine.Detection.Rules;

/// <summary>A run that calls a matcher that has no literal to search for.</summary>
/// <param name="Ordinal">What the matcher is told.</param>
/// <param name="Alphabet">What the run consists of.</param>
/// <param name="Min">The shortest run worth a call.</param>
/// <param name="Max">The longest run worth a call.</param>
internal readonly record struct RunAnchor(int Ordinal, Alphabet Alphabet, int Min, int Max)
{
    /// <summary>What must stand directly before the run; null for anything, the start of the text included.</summary>
    public Alphabet? Before { get; init; }

    /// <summary>What must stand directly after the run; null for anything, the end of the text included.</summary>
    public Alphabet? After { get; init; }
}
