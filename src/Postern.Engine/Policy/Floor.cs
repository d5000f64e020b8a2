using Postern.Engine.Detection;

namespace Postern.Engine.Policy;

/// <summary>The least a finding must be for an effect to apply.</summary>
/// <param name="Severity">At least this bad.</param>
/// <param name="Confidence">At least this likely.</param>
public readonly record struct Floor(Severity Severity, Confidence Confidence)
{
    /// <summary>Every finding.</summary>
    public static Floor Any => default;
}
