namespace Postern.Engine.Evidence;

/// <summary>What a record says happened.</summary>
public enum EvidenceKind : byte
{
    /// <summary>One message was ruled on.</summary>
    Ruling,

    /// <summary>A stream began; its pieces follow in spans.</summary>
    Open,

    /// <summary>Clean pieces of a stream, summed over a second or a mebibyte.</summary>
    Span,

    /// <summary>A stream ended.</summary>
    Close,

    /// <summary>Postern itself changed: started, stopped, policy reloaded, key changed, tail repaired.</summary>
    Event,

    /// <summary>What one session came to, at its end.</summary>
    Manifest,
}
