namespace Postern.Engine.Inspection;

/// <summary>What came of asking. The default value is a no.</summary>
/// <param name="IsGiven">True only for an explicit yes.</param>
/// <param name="By">Who said so, in evidence's words: an operator's name, or the grant that stands for one. Null for a no.</param>
public readonly record struct Approval(bool IsGiven, string? By)
{
    /// <summary>No.</summary>
    public static Approval None => default;
}
