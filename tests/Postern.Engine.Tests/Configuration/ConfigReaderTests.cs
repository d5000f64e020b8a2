using Postern.Engine.Configuration;
using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Tests.Configuration;

public sealed class ConfigReaderTests
{
    [Theory]
    [InlineData("")]
    [InlineData("   \n\n")]
    [InlineData("{}")]
    [InlineData("---\n{}\n")]
    [InlineData("# only a comment\n")]
    [InlineData("---\n...\n")]
    [InlineData("~")]
    [InlineData("dlp:\nlimits: {}\nsuppress: []\n")]
    [InlineData("\uFEFFversion: 1\n")]
    public void A_file_that_says_nothing_means_the_defaults(string yaml)
    {
        var result = ConfigReader.Read(yaml, "postern.yaml");

        Assert.Empty(result.Errors);
        Assert.Empty(result.Warnings);
        Assert.Empty(ConfigDiff.Compare(PosternConfig.Default, result.Config!));
        Assert.Equal(ConfigHash.Of(PosternConfig.Default), ConfigHash.Of(result.Config!));
    }

    /// <summary>The promises of the default configuration, written down apart from the code that makes them.</summary>
    [Theory]
    [InlineData("mode", "balanced")]
    [InlineData("enforce", "true")]
    [InlineData("api_allowlist", "[]")]
    [InlineData("trusted_domains", "[]")]
    [InlineData("ssrf.ip_allowlist", "[]")]
    [InlineData("fetch_proxy.listen", "\"127.0.0.1:8888\"")]
    [InlineData("fetch_proxy.timeout_seconds", "30")]
    [InlineData("fetch_proxy.max_response_mb", "10")]
    [InlineData("fetch_proxy.monitoring.max_url_length", "2048")]
    [InlineData("fetch_proxy.monitoring.entropy_threshold", "4.5")]
    [InlineData("fetch_proxy.monitoring.subdomain_entropy_threshold", "4")]
    [InlineData("fetch_proxy.monitoring.max_requests_per_minute", "1200")]
    [InlineData("fetch_proxy.monitoring.max_data_per_minute", "0")]
    [InlineData("forward_proxy.enabled", "true")]
    [InlineData("forward_proxy.max_tunnel_seconds", "3600")]
    [InlineData("forward_proxy.idle_timeout_seconds", "120")]
    [InlineData("forward_proxy.max_tunnels", "1024")]
    [InlineData("forward_proxy.connect_ports", "[80, 443, 8443]")]
    [InlineData("tls_interception.enabled", "auto")]
    [InlineData("tls_interception.cert_ttl", "24h")]
    [InlineData("tls_interception.cert_cache_size", "10000")]
    [InlineData("dlp.include_defaults", "true")]
    [InlineData("request_body_scanning.enabled", "true")]
    [InlineData("request_body_scanning.action", "block")]
    [InlineData("response_scanning.enabled", "true")]
    [InlineData("response_scanning.action", "by_severity")]
    [InlineData("response_scanning.include_defaults", "true")]
    [InlineData("response_scanning.sse_streaming.max_event_bytes", "1048576")]
    [InlineData("kill_switch.enabled", "false")]
    [InlineData("flight_recorder.checkpoint_interval", "4096")]
    [InlineData("logging.output", "auto")]
    [InlineData("logging.include_allowed", "true")]
    [InlineData("metrics_listen", "\"\"")]
    [InlineData("scan_api.listen", "\"\"")]
    [InlineData("scan_api.rate_limit.requests_per_minute", "600")]
    [InlineData("scan_api.rate_limit.burst", "50")]
    [InlineData("scan_api.max_body_bytes", "1048576")]
    [InlineData("scan_api.field_limits.text", "524288")]
    [InlineData("scan_api.timeouts.scan", "5s")]
    [InlineData("scan_api.connection_limit", "100")]
    [InlineData("rules.disabled", "[]")]
    [InlineData("limits.hold_bytes", "1048576")]
    [InlineData("limits.window_bytes", "65536")]
    [InlineData("limits.overlap_bytes", "8192")]
    [InlineData("limits.max_decompression_ratio", "100")]
    [InlineData("limits.hold_idle_ms", "100")]
    [InlineData("limits.max_json_depth", "64")]
    public void Promises_a_default(string key, string value) => Assert.Equal(value, ConfigExplain.Find(key)!.Default);

    [Fact]
    public void Every_security_switch_that_is_on_by_default_survives_a_file_that_names_its_section()
    {
        // An entry of a list changes the list, whatever it says; its sections are those of the top level.
        foreach (var key in ConfigKeys.All.Where(key => key.Setting.Kind is FlagKind && key.Parent.Length > 0 && (bool)key.Default && !key.Path.StartsWith("agents[]", StringComparison.Ordinal)))
        {
            var config = Bound.Whole(KeyYaml.Set(key.Path, "~"));
            Assert.Empty(ConfigDiff.Compare(PosternConfig.Default, config));
        }
    }

    [Fact]
    public void Reports_all_errors_with_file_line_and_column()
    {
        var result = ConfigReader.Read(
            """
            mode: balancd
            fetch_proxy:
              lisen: 127.0.0.1:1
              timeout_seconds: soon
              monitoring:
                max_url_length: 0
                blocklist: [https://a.example/]
            git_protection: {}
            """,
            "postern.yaml");

        Assert.Null(result.Config);
        Assert.Equal(
            [
                "postern.yaml:1:7: mode: must be one of: strict, balanced, audit; did you mean 'balanced'?",
                "postern.yaml:3:3: fetch_proxy.lisen: unknown key; did you mean 'listen'?",
                "postern.yaml:4:20: fetch_proxy.timeout_seconds: expected a whole number (1 to 3600)",
                "postern.yaml:6:21: fetch_proxy.monitoring.max_url_length: must be 16 to 65536",
                "postern.yaml:7:17: fetch_proxy.monitoring.blocklist[0]: write only the domain: no scheme, port or path",
                "postern.yaml:8:1: git_protection: section 'git_protection' is known but not built yet in this version; remove it",
            ],
            result.Errors.Select(error => error.ToString()));
    }

    [Fact]
    public void Reports_faults_of_the_text_and_of_its_meaning_together() =>
        Assert.Equal(
            [(1, "mode"), (2, ""), (3, ""), (4, "nonsense")],
            ConfigReader.Read("mode: x\nmode: strict\nenforce: !no true\nnonsense: 1\n", "f").Errors.Select(error => (error.Line, error.Key)));

    [Theory]
    [MemberData(nameof(Retired))]
    public void A_key_that_is_gone_or_not_there_yet_gets_advice(string key)
    {
        var yaml = KeyYaml.Set(key, "~");
        var issues = Bound.Try(yaml).Issues;
        Assert.Contains(issues, issue => issue.Message == RetiredKeys.Find(key) && issue.Line == yaml.Count(c => c == '\n'));
        Assert.Null(ConfigKeys.Find(key));
    }

    public static TheoryData<string> Retired => [.. RetiredKeys.All];

    [Theory]
    [InlineData("explain_blocks: true", "no key of Postern; remove it: every refusal carries its remedy")]
    public void A_protection_that_is_not_there_is_never_promised(string yaml, string message) =>
        Assert.Equal(message, Assert.Single(ConfigReader.Read(yaml, "f").Errors).Message);

    [Theory]
    [InlineData("max_tunnels: 5", "belongs under 'forward_proxy'")]
    [InlineData("dlp: { enforce: true }", "belongs to the top level")]
    [InlineData("dlp: { zzzzzzzzz: true }", "known here: include_defaults, patterns")]
    public void A_key_in_the_wrong_place_is_sent_to_the_right_one(string yaml, string hint) =>
        Assert.Contains(hint, Assert.Single(ConfigReader.Read(yaml, "f").Errors).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("dlp: { include_defaults: \"true\" }", "true or false")]
    [InlineData("dlp: { include_defaults: yes }", "true or false")]
    [InlineData("dlp: { include_defaults: 1 }", "true or false")]
    [InlineData("limits: { max_json_depth: 020 }", "leading zeros")]
    [InlineData("limits: { max_json_depth: \"20\" }", "whole number")]
    [InlineData("limits: { max_json_depth: 20.0 }", "whole number")]
    [InlineData("limits: { max_json_depth: 0x20 }", "whole number")]
    [InlineData("limits: { max_json_depth: 99999999999999999999 }", "must be 4 to 512")]
    [InlineData("limits: { max_header_bytes: 4294967296 }", "must be")]
    [InlineData("fetch_proxy: { monitoring: { entropy_threshold: 4.50001 } }", "at most four decimals")]
    [InlineData("fetch_proxy: { monitoring: { entropy_threshold: 1e1 } }", "must be")]
    [InlineData("fetch_proxy: { monitoring: { entropy_threshold: .nan } }", "expected a number")]
    [InlineData("fetch_proxy: { user_agent: 5 }", "put it in quotes")]
    [InlineData("fetch_proxy: { user_agent: true }", "put it in quotes")]
    [InlineData("api_allowlist: [~]", "expected text")]
    [InlineData("api_allowlist: a.example", "expected a list")]
    [InlineData("dlp: { patterns: [one] }", "expected a section")]
    [InlineData("dlp: { patterns: [{ name: a, regex: b }, { name: A, regex: c }] }", "same name")]
    [InlineData("tls_interception: { cert_ttl: 1m1h }", "duration")]
    [InlineData("tls_interception: { cert_ttl: 24 }", "duration")]
    [InlineData("tls_interception: { cert_ttl: 1s }", "must be 5m to 2160h")]
    [InlineData("tls_interception: { cert_ttl: 9999999999h }", "duration")]
    [InlineData("tls_interception: { enabled: on }", "must be one of")]
    [InlineData("forward_proxy: { connect_ports: [0] }", "port from 1 to 65535")]
    [InlineData("forward_proxy: { connect_ports: [65536] }", "port from 1 to 65535")]
    [InlineData("forward_proxy: { connect_ports: [500-400] }", "port from 1 to 65535")]
    [InlineData("forward_proxy: { connect_ports: [1-2-3] }", "port from 1 to 65535")]
    [InlineData("forward_proxy: { connect_ports: [[443]] }", "port from 1 to 65535")]
    [InlineData("scan_api: { auth: { bearer_tokens: [\"two words\"] } }", "without spaces")]
    [InlineData("scan_api: { auth: { bearer_tokens: [12345678901234567] } }", "in quotes")]
    [InlineData("scan_api: { auth: { bearer_tokens: [\"\"] } }", "not empty")]
    [InlineData("version: 2", "must be 1 to 1")]
    [InlineData("[]", "expected keys with values")]
    [InlineData("word", "expected keys with values")]
    public void Refuses_other_spellings_of_values(string yaml, string message)
    {
        var error = Assert.Single(ConfigReader.Read(yaml, "f").Errors);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_never_repeats_a_value()
    {
        var yaml = string.Concat(ConfigKeys.All.Where(key => key.Parent.Length == 0).Select(key => $"{key.Path}: planted\n"));
        var deeper = "kill_switch: { enabled: planted }\nscan_api: { auth: { bearer_tokens: planted } }\n";
        Assert.All(
            ConfigReader.Read(yaml, "f").Errors.Concat(ConfigReader.Read(deeper, "f").Errors),
            error => Assert.DoesNotContain("planted", error.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void An_unknown_key_is_shown_in_bounded_printable_form()
    {
        var error = Assert.Single(ConfigReader.Read($"\"a\\e[31m{new string('k', 900)}\": 1", "f").Errors);
        Assert.Matches("^a\\?\\[31mk+…$", error.Key);
        Assert.True(error.Key.Length < 60);
    }

    [Fact]
    public void Says_where_a_value_comes_from()
    {
        var result = ConfigReader.Read("mode: balanced\nforward_proxy:\n  enabled: true\n  max_tunnels:\n", "postern.yaml");

        Assert.Equal("postern.yaml:3", result.SourceOf("forward_proxy.enabled"));
        Assert.Equal("default", result.SourceOf("forward_proxy.max_tunnels"));
        Assert.Equal("default", result.SourceOf("dlp.include_defaults"));
        Assert.Equal("default", result.SourceOf("no.such[9].key"));
    }
}
