namespace Postern.Engine.Configuration.Schema;

/// <summary>Which change of a setting weakens protection. Declared with the setting; the opposite change strengthens.</summary>
internal enum Weakens : byte
{
    /// <summary>No change matters for protection.</summary>
    Never,

    /// <summary>A higher rank: a larger number (unlimited is the largest), a later choice, on, a more exposed address.</summary>
    WhenRaised,

    /// <summary>A lower rank: a smaller number, an earlier choice, off.</summary>
    WhenLowered,

    /// <summary>A list that covers more than before.</summary>
    WhenGrown,

    /// <summary>A list that covers less than before.</summary>
    WhenShrunk,

    /// <summary>Any change of a value that was set: what it protected may be gone.</summary>
    WhenChanged,
}
