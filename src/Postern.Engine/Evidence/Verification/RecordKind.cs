namespace Postern.Engine.Evidence.Verification;

/// <summary>What a line is.</summary>
internal enum RecordKind : byte
{
    /// <summary>Not a kind of version 1.</summary>
    Unknown,

    /// <summary>The header of a chain.</summary>
    Chain,

    /// <summary>A signed checkpoint.</summary>
    Checkpoint,

    /// <summary>A message that was ruled on.</summary>
    Ruling,

    /// <summary>A stream began.</summary>
    Open,

    /// <summary>Clean pieces of a stream.</summary>
    Span,

    /// <summary>A stream ended.</summary>
    Close,

    /// <summary>Postern itself changed.</summary>
    Event,

    /// <summary>What a session came to.</summary>
    Manifest,
}
