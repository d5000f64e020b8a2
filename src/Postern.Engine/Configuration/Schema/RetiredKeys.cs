namespace Postern.Engine.Configuration.Schema;

/// <summary>
/// Keys of related products, and of later versions, that this one does not have. Each gets advice instead of a guess:
/// a protection that is written down but silently absent is the worst outcome of reading a file.
/// </summary>
internal static class RetiredKeys
{
    private const string EveryHeader = "remove it: every header is always inspected; request_body_scanning.sensitive_headers says where credentials belong";

    private const string NoQueue = "remove it: the evidence is the queue, and nothing is lost as long as it is kept";

    private const string AskTimeout = "use approvals.timeout_seconds";

    private const string OwnPages = "remove it: Postern's own pages always answer, and nothing of the agents' passes through them";

    private const string LikeEveryResponse = "remove it: events are always inspected, and judged by response_scanning.action like every response";

    private const string WholePages = "remove it: pages that are held whole are rewritten, limits.hold_bytes says which; longer ones are inspected and pass as they are";

    private const string NoScripts = "remove it: Postern neither edits nor adds scripts; browser_shield.tracking_domains cuts them out by origin";

    private const string SessionStates = "remove it: a fixed number of states is kept, those in use longest, see docs/limits.md";

    private const string Unlicensed = "remove it: nothing in Postern needs a licence";

    /// <summary>Sections whose features are planned and not there.</summary>
    private static readonly string[] s_notBuilt =
    [
        "mcp_tool_provenance", "mcp_ws_listener", "git_protection",
    ];

    private static readonly string[] s_keysNotBuilt =
    [
        "kill_switch.message",
        "kill_switch.allowlist_ips", "rules.min_confidence", "rules.include_experimental",
    ];

    private static readonly Dictionary<string, string> s_advice = new(StringComparer.Ordinal)
    {
        ["bind_default_agent_identity"] = "remove it: a name in a header or a query never decides who an agent is",
        ["agents[].client_certificates"] = "use agents[].listeners, tokens or source_cidrs: agents reach Postern without TLS, so they show no certificate",
        ["agents[].budget"] = "write it below agents[].policy",
        ["adaptive_enforcement.levels"] = "use adaptive_enforcement.upgrade_warn, upgrade_ask and block_all: each says from which level on it holds",
        ["adaptive_enforcement.exempt_domains"] = "use suppress: what is accepted counts nothing",
        ["airlock.triggers"] = "use airlock.on_elevated, on_high and on_critical",
        ["airlock.timers"] = "use airlock.soft_minutes, hard_minutes and drain_minutes",
        ["session_profiling.max_sessions"] = SessionStates,
        ["session_profiling.session_ttl_minutes"] = SessionStates,
        ["session_profiling.cleanup_interval_seconds"] = SessionStates,
        ["mcp_input_scanning"] = "remove it: what is sent to a server is always inspected; request_body_scanning.action and dlp say what findings do",
        ["mcp_tool_policy.ask_terminal"] = "use approvals.terminal",
        ["mcp_tool_policy.ask_timeout_seconds"] = AskTimeout,
        ["response_scanning.ask_timeout_seconds"] = AskTimeout,
        ["kill_switch.api_listen"] = "use control.listen",
        ["kill_switch.api_token"] = "use control.bearer_tokens",
        ["mcp_tool_policy.quarantine_dir"] = "remove it: a redirect answers with what its program prints",
        ["mcp_tool_scanning.detect_drift"] = "use mcp_tool_scanning.pinning",
        ["file_sentinel"] = "use file_sentry",
        ["license_key"] = Unlicensed,
        ["license_file"] = Unlicensed,
        ["license_public_key"] = Unlicensed,
        ["sentry"] = "remove it: Postern sends no crash reports to anybody",
        ["explain_blocks"] = "remove it: every refusal carries its remedy",
        ["listen"] = "use fetch_proxy.listen",
        ["blocklist"] = "use fetch_proxy.monitoring.blocklist",
        ["allowlist"] = "use api_allowlist",
        ["fetch_proxy.blocklist"] = "use fetch_proxy.monitoring.blocklist",
        ["forward_proxy.redirect_websocket_hosts"] = "remove it: an upgrade is judged where it happens, no redirect is needed",
        ["forward_proxy.sni_verification"] = "remove it: the server name is always compared with the host of the CONNECT request",
        ["websocket_proxy.strip_compression"] = "remove it: compressed messages are inspected, and each side is compressed for itself",
        ["websocket_proxy.scan_text_frames"] = "remove it: every message is inspected",
        ["tls_interception.max_response_bytes"] = "remove it: long bodies stream window by window; limits.hold_bytes says what is held whole",
        ["request_body_scanning.scan_headers"] = EveryHeader,
        ["request_body_scanning.header_mode"] = EveryHeader,
        ["request_body_scanning.ignore_headers"] = EveryHeader,
        ["response_scanning.sse_streaming.enabled"] = LikeEveryResponse,
        ["response_scanning.sse_streaming.action"] = LikeEveryResponse,
        ["media_policy.log_media_exposure"] = "remove it: the evidence always says how many bytes passed unread",
        ["browser_shield.strictness"] = "use browser_shield.strip_hidden_traps and browser_shield.strip_tracking_pixels",
        ["browser_shield.max_shield_bytes"] = WholePages,
        ["browser_shield.oversize_action"] = WholePages,
        ["browser_shield.strip_extension_probing"] = NoScripts,
        ["browser_shield.inject_fingerprint_shims"] = NoScripts,
        ["dlp.action"] = "use request_body_scanning.action for all rules, or action: warn on one of dlp.patterns",
        ["redaction.limits"] = "remove it: limits.hold_bytes and limits.max_json_depth bound what is edited",
        ["redaction.dictionaries"] = "use dlp.patterns: what they match is replaced like any secret",
        ["redaction.allowlist_unparseable"] = "remove it: text of every type is edited, and what cannot be edited exactly refuses",
        ["dlp.patterns[].pattern"] = "use regex",
        ["response_scanning.patterns[].pattern"] = "use regex",
        ["cross_request_detection.fragment_reassembly.max_buffer_bytes"] = "remove it: a fixed number of pieces is kept for each agent, see docs/limits.md",
        ["canary_tokens.tokens[].env_var"] = "remove it: plant the value in the variable, and write it here as value",
        ["reverse_proxy.enabled"] = "set reverse_proxy.listen to switch it on, or remove it to switch it off",
        ["scan_api.enabled"] = "set scan_api.listen to switch it on, or remove scan_api.listen to switch it off",
        ["scan_api.bearer_tokens"] = "use scan_api.auth.bearer_tokens",
        ["kill_switch.sentinel_path"] = "use kill_switch.sentinel_file",
        ["kill_switch.health_exempt"] = OwnPages,
        ["kill_switch.metrics_exempt"] = OwnPages,
        ["kill_switch.api_exempt"] = OwnPages,
        ["emit.webhook.queue_size"] = NoQueue,
        ["emit.otlp.queue_size"] = NoQueue,
        ["emit.otlp.gzip"] = "remove it: what is sent to a collector is never compressed",
        ["flight_recorder.enabled"] = "remove it: evidence is always kept, since nothing passes without it",
        ["flight_recorder.sign_checkpoints"] = "remove it: checkpoints are always signed",
        ["flight_recorder.path"] = "use flight_recorder.dir",
        ["flight_recorder.raw_escrow"] = "use capture.escrow_public_key, and capture.raw where secrets are to stay in the copies",
        ["flight_recorder.escrow_public_key"] = "use capture.escrow_public_key",
        ["flight_recorder.redact"] = "remove it: evidence holds fingerprints and places, never content",
    };

    /// <summary>What to do instead, or null when the key was never one.</summary>
    public static string? Find(string path) =>
        Array.IndexOf(s_notBuilt, path) >= 0 ? $"section '{path}' is known but not built yet in this version; remove it"
        : Array.IndexOf(s_keysNotBuilt, path) >= 0 ? $"'{path}' is known but not built yet in this version; remove it"
        : s_advice.GetValueOrDefault(path) is { } advice ? $"no key of Postern; {advice}"
        : null;

    /// <summary>Every key with advice, for the tests and the reference page.</summary>
    public static IEnumerable<string> All => [.. s_notBuilt, .. s_keysNotBuilt, .. s_advice.Keys];
}
