namespace Postern.Engine.Flow;

/// <summary>How a stream or an opaque tunnel ended, as its close record says it.</summary>
public enum StreamOutcome : byte
{
    /// <summary>A side went away, or something failed; bytes may be missing.</summary>
    Broken,

    /// <summary>It came to its own end.</summary>
    Complete,

    /// <summary>A piece, or the way it opened, was refused.</summary>
    Refused,

    /// <summary>Silent for too long, or open for too long.</summary>
    TimedOut,

    /// <summary>The kill switch ended it.</summary>
    Halted,

    /// <summary>The far end could not be reached.</summary>
    Unreachable,
}
