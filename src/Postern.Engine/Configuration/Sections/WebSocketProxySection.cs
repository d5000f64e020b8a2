using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>WebSockets, however they were opened. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record WebSocketProxySection : ISection
{
    /// <summary>Whether WebSockets may be opened.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Longest message, all its fragments together and decompressed.</summary>
    public int MaxMessageBytes { get; init; } = 1024 * 1024;

    /// <summary>WebSockets open at once on one listener.</summary>
    public int MaxConcurrentConnections { get; init; } = 10_000;

    /// <summary>Whether binary messages pass.</summary>
    public bool AllowBinaryFrames { get; init; } = true;

    /// <summary>How long one WebSocket may be open.</summary>
    public int MaxConnectionSeconds { get; init; } = 3600;

    /// <summary>How long a WebSocket may be silent in both directions before it is closed.</summary>
    public int IdleTimeoutSeconds { get; init; } = 300;

    /// <summary>What becomes of the Origin header on /ws.</summary>
    public OriginPolicy OriginPolicy { get; init; } = OriginPolicy.Rewrite;

    /// <summary>Whether cookies of a client of /ws go upstream.</summary>
    public bool ForwardCookies { get; init; }

    static SectionSchema ISection.Schema => field ??= new(
        "WebSockets: /ws?url= on the main listener, and upgrades in the forward, intercepting and reverse proxy.",
        new Field<WebSocketProxySection>("enabled", KindOf.Flag, Weakens.Never,
            s => s.Enabled, (s, v) => s with { Enabled = (bool)v },
            "Whether WebSockets may be opened. false: /ws is not there, and every upgrade is refused."),
        new Field<WebSocketProxySection>("max_message_bytes", KindOf.Whole(1024, 67108864, "bytes"), Weakens.Never,
            s => s.MaxMessageBytes, (s, v) => s with { MaxMessageBytes = (int)v },
            "Longest message, all its fragments together and decompressed. A longer one closes both sides with 1009. 0 is an error: a message is held whole."),
        new Field<WebSocketProxySection>("max_concurrent_connections", KindOf.Whole(1, 65536, "connections"), Weakens.Never,
            s => s.MaxConcurrentConnections, (s, v) => s with { MaxConcurrentConnections = (int)v },
            "WebSockets open at once on one listener; one more is refused with 429. 0 is an error: each holds memory and two sockets."),
        new Field<WebSocketProxySection>("allow_binary_frames", KindOf.Flag, Weakens.WhenRaised,
            s => s.AllowBinaryFrames, (s, v) => s with { AllowBinaryFrames = (bool)v },
            "Whether binary messages pass. They are looked at as the bytes they are, and media_policy judges media in them; what packs or encrypts itself is not seen through. false closes both sides with 1008."),
        new Field<WebSocketProxySection>("max_connection_seconds", KindOf.Whole(1, 604800, "seconds", "unlimited"), Weakens.WhenRaised,
            s => s.MaxConnectionSeconds, (s, v) => s with { MaxConnectionSeconds = (int)v },
            "How long one WebSocket may be open. It keeps the policy under which it was opened."),
        new Field<WebSocketProxySection>("idle_timeout_seconds", KindOf.Whole(1, 86400, "seconds", "unlimited"), Weakens.Never,
            s => s.IdleTimeoutSeconds, (s, v) => s with { IdleTimeoutSeconds = (int)v },
            "How long a WebSocket may be silent in both directions before it is closed. Pings are no silence."),
        new Field<WebSocketProxySection>(
            "origin_policy",
            KindOf.Choice(new("strip", OriginPolicy.Strip), new("rewrite", OriginPolicy.Rewrite), new("forward", OriginPolicy.Forward)),
            Weakens.Never,
            s => s.OriginPolicy, (s, v) => s with { OriginPolicy = (OriginPolicy)v },
            "What becomes of the Origin header on /ws, where there is one: rewrite puts the upstream's own origin in its place, strip removes it, forward leaves it. Elsewhere it passes as it is."),
        new Field<WebSocketProxySection>("forward_cookies", KindOf.Flag, Weakens.WhenRaised,
            s => s.ForwardCookies, (s, v) => s with { ForwardCookies = (bool)v },
            "Whether cookies of a client of /ws go upstream. Such a client addresses Postern, and its cookies are not the upstream's."));
}
