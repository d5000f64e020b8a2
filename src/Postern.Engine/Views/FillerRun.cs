namespace Postern.Engine.Views;

/// <summary>The filler that stands behind the last visible character: what is left of it when something visible follows.</summary>
public enum FillerRun
{
    /// <summary>None.</summary>
    None,

    /// <summary>Characters that no reader sees.</summary>
    Invisible,

    /// <summary>At least one blank.</summary>
    Blank,

    /// <summary>At least one line break.</summary>
    LineBreak,
}
