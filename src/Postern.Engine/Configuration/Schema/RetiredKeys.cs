namespace Postern.Engine.Configuration.Schema;

/// <summary>
/// Keys of related products, and of later versions, that this one does not have. Each gets advice instead of a guess:
/// a protection that is written down but silently absent is the worst outcome of reading a file.
/// </summary>
internal static class RetiredKeys
{
    private const string Unlicensed = "remove it: nothing in Postern needs a licence";

    /// <summary>Sections whose features are planned and not there.</summary>
    private static readonly string[] NotBuilt =
    [
        "websocket_proxy", "reverse_proxy", "redaction", "seed_phrase_detection", "address_protection",
        "cross_request_detection", "canary_tokens", "mcp_input_scanning", "mcp_tool_scanning", "mcp_session_binding",
        "mcp_tool_policy", "mcp_binary_integrity", "mcp_tool_provenance", "mcp_ws_listener", "tool_chain_detection",
        "a2a_scanning", "session_profiling", "adaptive_enforcement", "behavioral_baseline", "taint", "agents", "sandbox",
        "emit", "browser_shield", "git_protection", "file_sentry", "airlock", "mediation_envelope",
    ];

    private static readonly string[] KeysNotBuilt =
    [
        "default_agent_identity", "bind_default_agent_identity", "flight_recorder.raw_escrow",
        "flight_recorder.escrow_public_key", "rules.include_experimental",
    ];

    private static readonly Dictionary<string, string> Advice = new(StringComparer.Ordinal)
    {
        ["license_key"] = Unlicensed,
        ["license_file"] = Unlicensed,
        ["license_public_key"] = Unlicensed,
        ["sentry"] = "remove it: Postern sends no crash reports to anybody",
        ["listen"] = "use fetch_proxy.listen",
        ["blocklist"] = "use fetch_proxy.monitoring.blocklist",
        ["allowlist"] = "use api_allowlist",
        ["fetch_proxy.blocklist"] = "use fetch_proxy.monitoring.blocklist",
        ["forward_proxy.redirect_websocket_hosts"] = "remove it: an upgrade is judged where it happens, no redirect is needed",
        ["dlp.action"] = "use request_body_scanning.action for all rules, or action: warn on one of dlp.patterns",
        ["dlp.patterns[].pattern"] = "use regex",
        ["response_scanning.patterns[].pattern"] = "use regex",
        ["scan_api.enabled"] = "set scan_api.listen to switch it on, or remove scan_api.listen to switch it off",
        ["scan_api.bearer_tokens"] = "use scan_api.auth.bearer_tokens",
        ["kill_switch.sentinel_path"] = "use kill_switch.sentinel_file",
        ["kill_switch.api_exempt"] = "remove it: the control API never shares the agents' port, so there is nothing to exempt",
        ["flight_recorder.path"] = "use flight_recorder.dir",
        ["flight_recorder.redact"] = "remove it: evidence holds fingerprints and places, never content",
        ["rules.trusted_keys[].tier"] = "remove it: no feature depends on a tier",
    };

    /// <summary>What to do instead, or null when the key was never one.</summary>
    public static string? Find(string path) =>
        Array.IndexOf(NotBuilt, path) >= 0 ? $"section '{path}' is known but not built yet in this version; remove it"
        : Array.IndexOf(KeysNotBuilt, path) >= 0 ? $"'{path}' is known but not built yet in this version; remove it"
        : Advice.GetValueOrDefault(path) is { } advice ? $"no key of Postern; {advice}"
        : null;

    /// <summary>Every key with advice, for the tests and the reference page.</summary>
    public static IEnumerable<string> All => [.. NotBuilt, .. KeysNotBuilt, .. Advice.Keys];
}
