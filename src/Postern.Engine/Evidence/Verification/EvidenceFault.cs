namespace Postern.Engine.Evidence.Verification;

/// <summary>What is wrong with evidence.</summary>
public enum EvidenceFault : byte
{
    /// <summary>A record that no version 1 writer makes: not canonical JSON, a field missing, unknown or out of range.</summary>
    Malformed,

    /// <summary>The last line has no line feed: the write was cut short, or the file was.</summary>
    TornLine,

    /// <summary>A record belongs to another chain than the file.</summary>
    WrongChain,

    /// <summary>A sequence number is missing, repeated or out of order.</summary>
    BrokenSequence,

    /// <summary>A record does not carry the hash of the record before it.</summary>
    BrokenLink,

    /// <summary>A checkpoint's root is not the root of the records before it.</summary>
    WrongRoot,

    /// <summary>A signature does not fit.</summary>
    BadSignature,

    /// <summary>The chain is signed with a key that is neither pinned nor vouched for.</summary>
    UntrustedKey,

    /// <summary>A chain does not follow the chain it names.</summary>
    BrokenKeyChange,

    /// <summary>Records that a witness saw are gone.</summary>
    Truncated,

    /// <summary>There is nothing to verify, or the beginning of a file is missing.</summary>
    Missing,
}
