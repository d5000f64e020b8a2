namespace Postern.Engine.Configuration;

/// <summary>What a change of configuration does to protection. Zero is the one to be careful with.</summary>
public enum ChangeEffect : byte
{
    /// <summary>Something may pass that did not pass before, or less of it is kept.</summary>
    Weakens,

    /// <summary>Nothing about what may pass.</summary>
    Neutral,

    /// <summary>Less may pass than before.</summary>
    Strengthens,
}
