namespace Postern.Engine.Policy;

/// <summary>What happens to a message. The order is the order of strength; zero denies.</summary>
public enum Effect : byte
{
    /// <summary>Refused.</summary>
    Deny,

    /// <summary>Waits for a person; no answer is a refusal.</summary>
    Ask,

    /// <summary>Edited, then judged again.</summary>
    Redact,

    /// <summary>Passes.</summary>
    Allow,
}
