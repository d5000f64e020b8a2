using Postern.Engine.Flow;

namespace Postern.Engine.Detection.Obstacles;

/// <summary>The rule behind each <see cref="Obstacle"/> and each view shortfall, and what a reader of the refusal can do.</summary>
public static class ObstacleRules
{
    /// <summary>The one rule whose refusal has an HTTP status of its own.</summary>
    internal static Rule BodyTooLarge { get; } = Unread("uninspectable.body-too-large", "Body beyond the bound", "Send less, or raise the body limit in the configuration.");

    private static readonly (Obstacle Obstacle, Rule Rule)[] s_rules =
    [
        (Obstacle.UnknownEncoding, Unread("uninspectable.content-encoding", "Content coding that cannot be decoded", "Send or ask for gzip, deflate, br or identity.")),
        (Obstacle.CorruptEncoding, Unread("uninspectable.corrupt-encoding", "Coded body that does not decode", "Check the sender's Content-Encoding; the body is corrupt, truncated or has bytes after its end.")),
        (Obstacle.DecompressionBomb, Unread("uninspectable.decompression-bomb", "Body that expands beyond the bound", "Send it uncompressed, or raise limits.max_decompression_ratio.")),
        (Obstacle.TruncatedBody, Broken("protocol.truncated-body", "Body shorter than declared", "Repeat the request; the sender closed early.")),
        (Obstacle.AuthorityMismatch, Broken("protocol.authority-mismatch", "Host header differs from the authority", "Send a Host header that equals the host and port of the tunnel or URL.")),
        (Obstacle.ServerNameMismatch, Broken("protocol.server-name-mismatch", "TLS server name differs from the authority", "CONNECT to the name that the TLS handshake will ask for.")),
        (Obstacle.AmbiguousFraming, Broken("protocol.ambiguous-framing", "Headers that two readers would frame differently", "Send one Content-Length or chunked coding, and one of each singleton header.")),
        (Obstacle.ControlInHeader, Broken("protocol.control-in-header", "Control byte in a header", "Remove CR, LF and NUL from header names and values.")),
        (Obstacle.BodyTooLarge, BodyTooLarge),
        (Obstacle.PieceTooLarge, Unread("uninspectable.piece-too-large", "Stream piece beyond the bound", "Send smaller events or messages.")),
        (Obstacle.InvalidText, Unread("uninspectable.invalid-text", "Text that is not UTF-8", "Send UTF-8.")),
        (Obstacle.TunnelWithoutTls, Broken("protocol.tunnel-without-tls", "Tunnel that does not carry TLS", "Use plain proxying for http, or turn interception on so that the tunnel can be read.")),
        (Obstacle.UnknownUpgrade, Unread("uninspectable.upgrade", "Protocol upgrade that cannot be read", "Only WebSocket upgrades pass.")),
        (Obstacle.BrokenProtocol, Broken("protocol.broken-frame", "Frame that breaks its protocol", "Check the peer; it does not follow the protocol.")),
        (Obstacle.TooManyTunnels, new("budget.too-many-tunnels", "Too many tunnels", RuleCategory.Budget, Severity.High, Confidence.Certain, "Close a tunnel, or raise forward_proxy.max_tunnels.")),
        (Obstacle.TooManyWebSockets, new("budget.too-many-websockets", "Too many WebSockets", RuleCategory.Budget, Severity.High, Confidence.Certain, "Close one, or raise websocket_proxy.max_concurrent_connections.")),
        (Obstacle.BinaryMessage, Unread("uninspectable.binary-message", "Binary WebSocket message", "Send text, or turn websocket_proxy.allow_binary_frames on.")),
        (Obstacle.InvalidRpc, Broken("protocol.json-rpc", "Message that is not strict JSON-RPC 2.0", "Send one object with jsonrpc 2.0, each member once, an integer or text id, and either a method, a result or an error.")),
        (Obstacle.UnaskedReply, Broken("protocol.unasked-reply", "Answer to nothing that was asked", "Answer each request once, under its own id, where it was asked.")),
        (Obstacle.RepeatedId, Broken("protocol.repeated-id", "Request under an id that is in use", "Give every request an id of its own.")),
        (Obstacle.ForeignOrigin, Broken("protocol.foreign-origin", "Request that another site's page makes", "Use a client that is no browser, or a page of the same origin.")),
        (Obstacle.StrayBatch, Broken("protocol.stray-batch", "Batch where the protocol has none", "Send the messages one by one; only revision 2025-03-26 has batches.")),
        (Obstacle.AgentFileChanged, new("session.agent-file-changed", "A file that steers agents was changed", RuleCategory.Session, Severity.Medium, Confidence.Certain, "See whether it was meant, then 'postern integrity init' approves it; file_sentry.agent_files: warn only records such changes.")),
    ];

    /// <summary>All of them, for the catalogue.</summary>
    public static IEnumerable<Rule> All => s_rules.Select(static pair => pair.Rule).Concat(ShortfallRules.All);

    /// <summary>Reports a hit for each obstacle that is set.</summary>
    internal static void Report(Obstacle obstacles, HitList hits)
    {
        if (obstacles == Obstacle.None)
        {
            return;
        }

        foreach (var (obstacle, rule) in s_rules)
        {
            if ((obstacles & obstacle) != 0)
            {
                hits.Add(rule, 0, 0);
            }
        }
    }

    private static Rule Unread(string id, string title, string remedy) =>
        new(id, title, RuleCategory.Uninspectable, Severity.High, Confidence.Certain, remedy);

    private static Rule Broken(string id, string title, string remedy) =>
        new(id, title, RuleCategory.Protocol, Severity.High, Confidence.Certain, remedy);
}
