namespace Postern.Engine.Monitoring.Adaptive;

/// <summary>What a session is shut off from, for a while.</summary>
public enum AirlockTier : byte
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Nothing; it is recorded.</summary>
    Soft,

    /// <summary>It may read, and neither change nor carry what cannot be read.</summary>
    Hard,

    /// <summary>Everything.</summary>
    Drain,
}
