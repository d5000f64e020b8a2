namespace Postern.Engine.Flow;

/// <summary>
/// What an adapter could not do properly with the bytes it was given. Adapters report facts; the engine maps each to a rule,
/// and the judge decides. Several may hold at once.
/// </summary>
[Flags]
public enum Obstacle : uint
{
    /// <summary>Nothing stands in the way.</summary>
    None = 0,

    /// <summary>A content coding other than gzip, deflate, br or identity, or more than the bounded number of them.</summary>
    UnknownEncoding = 1 << 0,

    /// <summary>The coded body does not decode: corrupt, truncated, or with bytes after its end.</summary>
    CorruptEncoding = 1 << 1,

    /// <summary>The body expands beyond the ratio or the absolute bound.</summary>
    DecompressionBomb = 1 << 2,

    /// <summary>The body ended before its declared length.</summary>
    TruncatedBody = 1 << 3,

    /// <summary>The Host header is not the authority of the tunnel or of the request line.</summary>
    AuthorityMismatch = 1 << 4,

    /// <summary>The TLS server name is not the authority of the tunnel.</summary>
    ServerNameMismatch = 1 << 5,

    /// <summary>A header that must stand once stands twice, or framing headers contradict each other.</summary>
    AmbiguousFraming = 1 << 6,

    /// <summary>A header name or value holds bytes that another reader could take for a line end.</summary>
    ControlInHeader = 1 << 7,

    /// <summary>The body is longer than the policy lets pass at all.</summary>
    BodyTooLarge = 1 << 8,

    /// <summary>A piece of a stream is longer than what is inspected as one piece.</summary>
    PieceTooLarge = 1 << 9,

    /// <summary>Text in a coding that is not UTF-8 where the protocol asks for UTF-8.</summary>
    InvalidText = 1 << 10,

    /// <summary>A tunnel that is not TLS, where only TLS may pass uninspected.</summary>
    TunnelWithoutTls = 1 << 11,

    /// <summary>A protocol upgrade that no adapter reads.</summary>
    UnknownUpgrade = 1 << 12,

    /// <summary>A frame or message that breaks its protocol.</summary>
    BrokenProtocol = 1 << 13,

    /// <summary>As many tunnels are open as may be.</summary>
    TooManyTunnels = 1 << 14,

    /// <summary>A message that is not strict JSON-RPC 2.0.</summary>
    InvalidRpc = 1 << 15,

    /// <summary>An answer to nothing that was asked on this wire.</summary>
    UnaskedReply = 1 << 16,

    /// <summary>A request under an id that is still in use.</summary>
    RepeatedId = 1 << 17,

    /// <summary>A batch of JSON-RPC messages where the revision has none, or a longer one than is read.</summary>
    StrayBatch = 1 << 18,

    /// <summary>A page of another site is behind the request.</summary>
    ForeignOrigin = 1 << 19,

    /// <summary>As many WebSockets are open as may be.</summary>
    TooManyWebSockets = 1 << 20,

    /// <summary>A binary message where only text may pass.</summary>
    BinaryMessage = 1 << 21,

    /// <summary>A file that steers agents, or starts programs for them, was made, changed or removed.</summary>
    AgentFileChanged = 1 << 22,
}
