namespace Postern.Engine.Policy;

/// <summary>The positive reason a message may pass. The default value is no reason at all.</summary>
/// <param name="Reason">As evidence records it, for example <c>mode</c>, <c>api_allowlist</c> or <c>reply</c>.</param>
public readonly record struct Grant(string? Reason)
{
    /// <summary>No grant: the message is refused.</summary>
    public static Grant None => default;

    /// <summary>True when there is a reason.</summary>
    public bool IsGiven => Reason is not null;
}
