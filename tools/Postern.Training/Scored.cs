namespace Postern.Training;

/// <summary>A text and the score of a model that never saw it.</summary>
internal readonly record struct Scored(Sample Sample, float Score);
