namespace Postern.Engine.Configuration.Sections;

/// <summary>What a finding does to a message. Zero is the strictest.</summary>
public enum ScanAction : byte
{
    /// <summary>The message is refused.</summary>
    Block,

    /// <summary>High and critical findings of high confidence refuse, others are recorded.</summary>
    BySeverity,

    /// <summary>It is recorded.</summary>
    Warn,

    /// <summary>A person decides; without a yes the message is refused.</summary>
    Ask,

    /// <summary>It is cut out of what agents receive, and what is left is judged again.</summary>
    Strip,

    /// <summary>It is replaced by a placeholder, and what is left is judged again.</summary>
    Redact,
}
