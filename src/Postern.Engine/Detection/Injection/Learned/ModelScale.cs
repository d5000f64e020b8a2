namespace Postern.Engine.Detection.Injection.Learned;

/// <summary>How sums of weights become log-odds.</summary>
/// <param name="Step">What one unit of a weight is worth.</param>
/// <param name="Bias">The log-odds of a window without any feature.</param>
internal readonly record struct ModelScale(float Step, float Bias);
