namespace Postern.Engine.Detection.Injection.Learned;

/// <summary>A word as <see cref="FeatureWalk{TSink}"/> reads it.</summary>
/// <param name="Word">The hash of its letters; that of none when it has digits alone.</param>
/// <param name="Stem">What stands for it in sequences, so that its endings do not matter.</param>
/// <param name="Kind">Its kind in <see cref="Lexicon"/>; 0 for none.</param>
/// <param name="Start">Its first byte.</param>
/// <param name="End">The byte behind its last.</param>
internal readonly record struct Token(uint Word, uint Stem, byte Kind, int Start, int End)
{
    /// <summary>A longer run of letters is cut: it is no word, and costs no more than words do.</summary>
    public const int MaxLetters = 32;
}
