namespace Postern.Transports.Capturing;

/// <summary>How a file of captures ended for its reader.</summary>
public enum SealedEnd : byte
{
    /// <summary>It was changed: what follows cannot be read.</summary>
    Broken,

    /// <summary>In the middle: it is being written, its writer was killed, or somebody cut it off.</summary>
    CutOff,

    /// <summary>It is sealed to another key.</summary>
    OtherKey,

    /// <summary>Where its writer ended it.</summary>
    Whole,
}
