using Postern.Engine.Configuration;

namespace Postern.Engine.Tests.Configuration;

/// <summary>For every key two values and what going from the first to the second does. A test holds it complete.</summary>
internal static class SettingChanges
{
    private const ChangeEffect Weakens = ChangeEffect.Weakens;
    private const ChangeEffect Neutral = ChangeEffect.Neutral;
    private const ChangeEffect Strengthens = ChangeEffect.Strengthens;

    public static readonly (string Key, string Before, string After, ChangeEffect Effect)[] Table =
    [
        ("mode", "balanced", "audit", Weakens),
        ("enforce", "true", "false", Weakens),
        ("api_allowlist", "[a.example]", "[a.example, b.example]", Weakens),
        ("trusted_domains", "[]", "[intranet.example]", Weakens),
        ("internal", "[10.0.0.0/8, 192.0.2.0/24]", "[10.0.0.0/8]", Weakens),
        ("ssrf.ip_allowlist", "[10.1.0.0/16]", "[10.0.0.0/8]", Weakens),
        ("fetch_proxy.listen", "127.0.0.1:8888", "0.0.0.0:8888", Weakens),
        ("fetch_proxy.timeout_seconds", "30", "60", Neutral),
        ("fetch_proxy.max_response_mb", "10", "20", Neutral),
        ("fetch_proxy.user_agent", "Agent/1", "Agent/2", Neutral),
        ("fetch_proxy.monitoring.max_url_length", "2048", "4096", Weakens),
        ("fetch_proxy.monitoring.entropy_threshold", "4.5", "5", Weakens),
        ("fetch_proxy.monitoring.subdomain_entropy_threshold", "4.0", "0", Weakens),
        ("fetch_proxy.monitoring.max_requests_per_minute", "60", "0", Weakens),
        ("fetch_proxy.monitoring.max_data_per_minute", "0", "1000", Strengthens),
        ("fetch_proxy.monitoring.blocklist", "[\"*.example.com\"]", "[a.example.com]", Weakens),
        ("fetch_proxy.monitoring.subdomain_entropy_exclusions", "[a.example.com]", "[\"*.example.com\"]", Weakens),
        ("forward_proxy.enabled", "true", "false", Neutral),
        ("forward_proxy.max_tunnel_seconds", "300", "0", Weakens),
        ("forward_proxy.idle_timeout_seconds", "120", "600", Weakens),
        ("forward_proxy.max_tunnels", "10", "20", Neutral),
        ("forward_proxy.response_header_timeout_seconds", "10", "20", Neutral),
        ("forward_proxy.response_idle_timeout_seconds", "10", "20", Neutral),
        ("forward_proxy.connect_ports", "[443]", "[400-500]", Weakens),
        ("tls_interception.enabled", "true", "auto", Weakens),
        ("tls_interception.ca_cert", "a.pem", "b.pem", Neutral),
        ("tls_interception.ca_key", "a.pem", "b.pem", Neutral),
        ("tls_interception.passthrough_domains", "[]", "[bank.example]", Weakens),
        ("tls_interception.cert_ttl", "24h", "12h", Neutral),
        ("tls_interception.cert_cache_size", "100", "200", Neutral),
        ("dlp.include_defaults", "true", "false", Weakens),
        ("dlp.patterns", "[]", "[{name: n, regex: abc}]", Strengthens),
        ("dlp.patterns[].name", "before", "after", Weakens),
        ("dlp.patterns[].regex", "abc", "abd", Weakens),
        ("dlp.patterns[].severity", "high", "low", Weakens),
        ("dlp.patterns[].validator", "none", "luhn", Weakens),
        ("dlp.patterns[].exempt_domains", "[]", "[a.example]", Weakens),
        ("dlp.patterns[].action", "block", "warn", Weakens),
        ("dlp.response_action", "redact", "warn", Weakens),
        ("request_body_scanning.enabled", "true", "false", Weakens),
        ("request_body_scanning.action", "block", "warn", Weakens),
        ("request_body_scanning.max_body_bytes", "0", "4096", Neutral),
        ("request_body_scanning.sensitive_headers", "[cookie]", "[cookie, x-key]", Weakens),
        ("response_scanning.enabled", "true", "false", Weakens),
        ("response_scanning.action", "block", "by_severity", Weakens),
        ("response_scanning.include_defaults", "true", "false", Weakens),
        ("response_scanning.patterns", "[{name: n, regex: abc}]", "[]", Weakens),
        ("response_scanning.patterns[].name", "before", "after", Weakens),
        ("response_scanning.patterns[].regex", "abc", "abd", Weakens),
        ("response_scanning.exempt_domains", "[]", "[a.example]", Weakens),
        ("response_scanning.false_positive_budget", "1000", "2000", Weakens),
        ("response_scanning.sse_streaming.max_event_bytes", "65536", "2048", Neutral),
        ("redaction.enabled", "false", "true", Weakens),
        ("redaction.default_profile", "a", "b", Neutral),
        ("redaction.profiles", "[]", "[{name: n, classes: [aws]}]", Weakens),
        ("redaction.profiles[].name", "before", "after", Weakens),
        ("redaction.profiles[].classes", "[aws]", "[aws, github]", Weakens),
        ("suppress", "[]", "[{rule: secret.a, path: a.example}]", Weakens),
        ("suppress[].rule", "secret.a", "secret.b", Weakens),
        ("suppress[].path", "a.example", "b.example", Weakens),
        ("suppress[].reason", "one", "two", Neutral),
        ("suppress[].destination", "a.example", "\"\"", Weakens),
        ("suppress[].expires", "2027-03-31", "2027-04-30", Weakens),
        ("kill_switch.enabled", "true", "false", Weakens),
        ("kill_switch.sentinel_file", "/run/halt", "\"\"", Weakens),
        ("flight_recorder.dir", "a", "b", Neutral),
        ("flight_recorder.checkpoint_interval", "10", "1000", Weakens),
        ("flight_recorder.max_entries_per_file", "1000", "2000", Neutral),
        ("flight_recorder.signing_key_path", "a.key", "b.key", Neutral),
        ("logging.format", "json", "text", Neutral),
        ("logging.output", "stderr", "stdout", Neutral),
        ("logging.file", "a.log", "b.log", Neutral),
        ("logging.include_allowed", "true", "false", Neutral),
        ("logging.include_blocked", "true", "false", Neutral),
        ("metrics_listen", "\"\"", "\"[::1]:9090\"", Weakens),
        ("scan_api.listen", "localhost:9090", "0.0.0.0:9090", Weakens),
        ("scan_api.auth.bearer_tokens", "[planted-token-one-111]", "[planted-token-one-111, planted-token-two-222]", Weakens),
        ("scan_api.rate_limit.requests_per_minute", "600", "0", Neutral),
        ("scan_api.rate_limit.burst", "50", "60", Neutral),
        ("scan_api.max_body_bytes", "4096", "8192", Neutral),
        ("scan_api.field_limits.url", "100", "200", Neutral),
        ("scan_api.field_limits.text", "100", "200", Neutral),
        ("scan_api.field_limits.content", "100", "200", Neutral),
        ("scan_api.field_limits.arguments", "100", "200", Neutral),
        ("scan_api.timeouts.read", "2s", "3s", Neutral),
        ("scan_api.timeouts.write", "2s", "3s", Neutral),
        ("scan_api.timeouts.scan", "5s", "1m5s", Neutral),
        ("scan_api.connection_limit", "10", "20", Neutral),
        ("scan_api.kinds.url", "true", "false", Neutral),
        ("scan_api.kinds.dlp", "true", "false", Neutral),
        ("scan_api.kinds.prompt_injection", "true", "false", Neutral),
        ("scan_api.kinds.tool_call", "true", "false", Neutral),
        ("rules.disabled", "[secret.a]", "[secret.*]", Weakens),
        ("limits.hold_bytes", "1048576", "524288", Weakens),
        ("limits.window_bytes", "65536", "32768", Weakens),
        ("limits.overlap_bytes", "4096", "1024", Weakens),
        ("limits.hold_idle_ms", "100", "10", Weakens),
        ("limits.max_header_bytes", "2048", "4096", Neutral),
        ("limits.max_headers", "100", "200", Neutral),
        ("limits.max_decompression_ratio", "100", "200", Weakens),
        ("limits.max_decompressed_bytes", "100000", "0", Weakens),
        ("limits.max_json_depth", "64", "32", Neutral),
        ("limits.max_view_depth", "4", "2", Weakens),
        ("limits.max_multipart_parts", "100", "200", Neutral),
    ];

    public static TheoryData<string, string, string, ChangeEffect> Rows()
    {
        var rows = new TheoryData<string, string, string, ChangeEffect>();
        foreach (var (key, before, after, effect) in Table)
        {
            rows.Add(key, before, after, effect);
        }

        return rows;
    }

    /// <summary>Binds without the checks between settings: a single key need not make a whole configuration.</summary>
    public static PosternConfig Bind(string key, string value) => Bound.Whole(KeyYaml.Set(key, value));
}
