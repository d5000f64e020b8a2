namespace Postern.Engine.Detection;

/// <summary>What a detector saw in one view, before the inspector turns it into a finding.</summary>
/// <param name="Rule">The rule that matched.</param>
/// <param name="Start">First byte, in the view.</param>
/// <param name="Length">Length in bytes, in the view.</param>
/// <param name="Confidence">How likely this hit is true.</param>
public readonly record struct Hit(Rule Rule, int Start, int Length, Confidence Confidence)
{
    /// <summary>Why, where the rule alone does not say it; null when it does. Never anything of the text that could be a secret.</summary>
    public string? Detail { get; init; }
}
