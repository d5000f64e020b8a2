using Postern.Engine.Configuration;
using Postern.Engine.Configuration.Schema;
using Postern.Engine.Policy;

namespace Postern.Engine.Tests.Configuration;

public sealed class ConfigInForceTests
{
    /// <summary>What a reload hands on whole, to the kill switch, to the Scan API, to the control port and to whoever reads the operator's own secrets and rule bundles.</summary>
    private static readonly string[] s_handedOn = ["kill_switch.", "scan_api.", "control.", "dlp.scan_env", "dlp.min_env_secret_length", "dlp.secrets_file", "rules.rules_dir", "rules.trusted_keys", "rules.bundles"];

    private const string Profiles = "{profiles: [{name: a, classes: [aws]}, {name: b, classes: [github]}], ";

    private const string Scored = "\nadaptive_enforcement: {enabled: true}";

    /// <summary>Changes that make a policy where those of <see cref="SettingChanges"/> only bind.</summary>
    private static readonly Dictionary<string, (string Set, string Before, string After)> s_compilable = new()
    {
        ["suppress"] = ("suppress", "[]", "[{rule: secret.*, path: a.example}]"),
        ["suppress[].rule"] = ("suppress", "[{rule: secret.*, path: a.example}]", "[{rule: injection.*, path: a.example}]"),
        ["suppress[].path"] = ("suppress", "[{rule: secret.*, path: a.example}]", "[{rule: secret.*, path: b.example}]"),
        ["suppress[].reason"] = ("suppress", "[{rule: secret.*, path: a.example, reason: one}]", "[{rule: secret.*, path: a.example, reason: two}]"),
        ["suppress[].destination"] = ("suppress", "[{rule: secret.*, path: body, destination: a.example}]", "[{rule: secret.*, path: body, destination: b.example}]"),
        ["suppress[].expires"] = ("suppress", "[{rule: secret.*, path: a.example, expires: 2027-03-31}]", "[{rule: secret.*, path: a.example, expires: 2027-04-30}]"),
        ["redaction.default_profile"] = ("redaction", Profiles + "default_profile: a}", Profiles + "default_profile: b}"),
        ["redaction.profiles"] = ("redaction", Profiles + "default_profile: a}", "{profiles: [{name: a, classes: [github]}], default_profile: a}"),
        ["redaction.profiles[].name"] = ("redaction", Profiles + "default_profile: a}", "{profiles: [{name: b, classes: [aws]}, {name: a, classes: [github]}], default_profile: a}"),
        ["redaction.profiles[].classes"] = ("redaction", Profiles + "default_profile: a}", "{profiles: [{name: a, classes: [aws, github]}, {name: b, classes: [github]}], default_profile: a}"),
        ["dlp.patterns[].severity"] = ("dlp.patterns", "[{name: n, regex: abc, severity: critical}]", "[{name: n, regex: abc, severity: high}]"),
        ["address_protection.action"] = ("address_protection", "{enabled: true, allowed_addresses: ['0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'], action: block}", "{enabled: true, allowed_addresses: ['0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'], action: warn}"),
        ["address_protection.unknown_action"] = ("address_protection", "{enabled: true, allowed_addresses: ['0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'], unknown_action: warn}", "{enabled: true, allowed_addresses: ['0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'], unknown_action: allow}"),
        ["address_protection.allowed_addresses"] = ("address_protection", "{enabled: true}", "{enabled: true, allowed_addresses: ['0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'], action: block}"),
        ["address_protection.chains.eth"] = ("address_protection", "{enabled: true, allowed_addresses: ['0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'], chains: {eth: true}}", "{enabled: true, allowed_addresses: ['0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'], chains: {eth: false}}"),
        ["address_protection.chains.btc"] = ("address_protection", "{enabled: true, allowed_addresses: ['0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'], chains: {btc: true}}", "{enabled: true, allowed_addresses: ['0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'], chains: {btc: false}}"),
        ["address_protection.chains.sol"] = ("address_protection", "{enabled: true, allowed_addresses: ['0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'], chains: {sol: true}}", "{enabled: true, allowed_addresses: ['0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'], chains: {sol: false}}"),
        ["address_protection.chains.bnb"] = ("address_protection", "{enabled: true, allowed_addresses: ['0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'], chains: {bnb: true}}", "{enabled: true, allowed_addresses: ['0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'], chains: {bnb: false}}"),
        ["address_protection.similarity.prefix_length"] = ("address_protection", "{enabled: true, allowed_addresses: ['0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'], similarity: {prefix_length: 4}}", "{enabled: true, allowed_addresses: ['0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'], similarity: {prefix_length: 6}}"),
        ["address_protection.similarity.suffix_length"] = ("address_protection", "{enabled: true, allowed_addresses: ['0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'], similarity: {suffix_length: 4}}", "{enabled: true, allowed_addresses: ['0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'], similarity: {suffix_length: 6}}"),
        ["cross_request_detection.action"] = ("cross_request_detection", "{enabled: true, action: block}", "{enabled: true, action: warn}"),
        ["cross_request_detection.entropy_budget.enabled"] = ("cross_request_detection", "{enabled: true, entropy_budget: {enabled: true}}", "{enabled: true, entropy_budget: {enabled: false}}"),
        ["cross_request_detection.entropy_budget.bits_per_window"] = ("cross_request_detection", "{enabled: true, entropy_budget: {enabled: true, bits_per_window: 4096}}", "{enabled: true, entropy_budget: {enabled: true, bits_per_window: 8192}}"),
        ["cross_request_detection.entropy_budget.window_minutes"] = ("cross_request_detection", "{enabled: true, entropy_budget: {enabled: true, window_minutes: 5}}", "{enabled: true, entropy_budget: {enabled: true, window_minutes: 1}}"),
        ["cross_request_detection.entropy_budget.action"] = ("cross_request_detection", "{enabled: true, entropy_budget: {enabled: true, action: block}}", "{enabled: true, entropy_budget: {enabled: true, action: warn}}"),
        ["cross_request_detection.entropy_budget.exempt_domains"] = ("cross_request_detection", "{enabled: true, entropy_budget: {enabled: true, exempt_domains: []}}", "{enabled: true, entropy_budget: {enabled: true, exempt_domains: [a.example]}}"),
        ["cross_request_detection.fragment_reassembly.enabled"] = ("cross_request_detection", "{enabled: true, entropy_budget: {enabled: true}, fragment_reassembly: {enabled: true}}", "{enabled: true, entropy_budget: {enabled: true}, fragment_reassembly: {enabled: false}}"),
        ["cross_request_detection.fragment_reassembly.window_minutes"] = ("cross_request_detection", "{enabled: true, fragment_reassembly: {window_minutes: 5}}", "{enabled: true, fragment_reassembly: {window_minutes: 1}}"),
        ["canary_tokens.enabled"] = ("canary_tokens", "{enabled: true, tokens: [{name: n, value: planted-one}]}", "{enabled: false, tokens: [{name: n, value: planted-one}]}"),
        ["canary_tokens.tokens"] = ("canary_tokens", "{enabled: true, tokens: [{name: n, value: planted-one}]}", "{enabled: true}"),
        ["canary_tokens.tokens[].name"] = ("canary_tokens", "{enabled: true, tokens: [{name: n, value: planted-one}]}", "{enabled: true, tokens: [{name: m, value: planted-one}]}"),
        ["canary_tokens.tokens[].value"] = ("canary_tokens", "{enabled: true, tokens: [{name: n, value: planted-one}]}", "{enabled: true, tokens: [{name: n, value: planted-two}]}"),
        ["mediation_envelope.sign"] = ("mediation_envelope", "{enabled: true, sign: true}", "{enabled: true, sign: false}"),
        ["behavioral_baseline.deviation_action"] = ("behavioral_baseline", "{enabled: true, deviation_action: block}", "{enabled: true, deviation_action: warn}"),
        ["tool_chain_detection.tool_categories[].category"] = ("tool_chain_detection", "{tool_categories: [{category: read, tools: [a]}]}", "{tool_categories: [{category: network, tools: [a]}]}"),
        ["tool_chain_detection.pattern_overrides"] = ("tool_chain_detection.pattern_overrides", "[]", "[{name: read-then-exec, action: block}]"),
        ["tool_chain_detection.pattern_overrides[].name"] = ("tool_chain_detection.pattern_overrides", "[{name: read-then-exec, action: block}]", "[{name: directory-scan, action: block}]"),
        ["tool_chain_detection.pattern_overrides[].action"] = ("tool_chain_detection.pattern_overrides", "[{name: read-then-exec, action: block}]", "[{name: read-then-exec, action: warn}]"),
        ["agents[].policy"] = ("agents", "[{name: n, policy: {enforce: true}}]", "[{name: n, policy: {enforce: false}}]"),
        ["session_profiling.anomaly_action"] = ("session_profiling", "{enabled: true, anomaly_action: block}", "{enabled: true, anomaly_action: warn}"),
        ["session_profiling.domain_burst"] = ("session_profiling", "{enabled: true, domain_burst: 5}", "{enabled: true, domain_burst: 0}"),
        ["session_profiling.window_minutes"] = ("session_profiling", "{enabled: true, window_minutes: 5}", "{enabled: true, window_minutes: 1}"),
        ["session_profiling.volume_spike_ratio"] = ("session_profiling", "{enabled: true, volume_spike_ratio: 3}", "{enabled: true, volume_spike_ratio: 0}"),
        ["adaptive_enforcement.escalation_threshold"] = ("adaptive_enforcement", "{enabled: true, escalation_threshold: 5}", "{enabled: true, escalation_threshold: 6}"),
        ["adaptive_enforcement.decay_per_clean_request"] = ("adaptive_enforcement", "{enabled: true, decay_per_clean_request: 0.5}", "{enabled: true, decay_per_clean_request: 1}"),
        ["adaptive_enforcement.recovery_minutes"] = ("adaptive_enforcement", "{enabled: true, recovery_minutes: 5}", "{enabled: true, recovery_minutes: 4}"),
        ["adaptive_enforcement.upgrade_warn"] = ("adaptive_enforcement", "{enabled: true, upgrade_warn: elevated}", "{enabled: true, upgrade_warn: high}"),
        ["adaptive_enforcement.upgrade_ask"] = ("adaptive_enforcement", "{enabled: true, upgrade_ask: high}", "{enabled: true, upgrade_ask: never}"),
        ["adaptive_enforcement.block_all"] = ("adaptive_enforcement", "{enabled: true, block_all: critical}", "{enabled: true, block_all: never}"),
        ["airlock.enabled"] = ("airlock", "{enabled: true}" + Scored, "{enabled: false}" + Scored),
        ["airlock.on_elevated"] = ("airlock", "{enabled: true, on_elevated: soft}" + Scored, "{enabled: true, on_elevated: none}" + Scored),
        ["airlock.on_high"] = ("airlock", "{enabled: true, on_high: soft}" + Scored, "{enabled: true, on_high: none}" + Scored),
        ["airlock.on_critical"] = ("airlock", "{enabled: true, on_critical: drain}" + Scored, "{enabled: true, on_critical: hard}" + Scored),
        ["airlock.soft_minutes"] = ("airlock", "{enabled: true, soft_minutes: 10}" + Scored, "{enabled: true, soft_minutes: 9}" + Scored),
        ["airlock.hard_minutes"] = ("airlock", "{enabled: true, hard_minutes: 5}" + Scored, "{enabled: true, hard_minutes: 4}" + Scored),
        ["airlock.drain_minutes"] = ("airlock", "{enabled: true, drain_minutes: 2}" + Scored, "{enabled: true, drain_minutes: 1}" + Scored),
        ["budget.window_minutes"] = ("budget", "{max_requests_per_session: 5, window_minutes: 60}", "{max_requests_per_session: 5, window_minutes: 30}"),
        ["rules.disabled"] = ("rules.disabled", "[]", "[injection.*]"),
    };

    public static TheoryData<string> Restart => Keys(static setting => setting.NeedsRestart);

    public static TheoryData<string> Reloaded => Keys(static setting => !setting.NeedsRestart);

    public static TheoryData<string> Compiled =>
        [.. Reloaded.Select(static row => row.Data).Where(static key => !Array.Exists(s_handedOn, section => key.StartsWith(section, StringComparison.Ordinal)))];

    [Theory]
    [MemberData(nameof(Restart))]
    public void A_key_that_needs_a_restart_keeps_its_running_value_and_the_hash(string key)
    {
        var (running, next) = Change(key);

        var acts = ConfigInForce.After(running, next);

        Assert.NotEmpty(ConfigDiff.Compare(running, next));
        Assert.Empty(ConfigDiff.Compare(running, acts));
        Assert.Equal(ConfigHash.Of(running), ConfigHash.Of(acts));
    }

    [Theory]
    [MemberData(nameof(Reloaded))]
    public void Every_other_key_is_taken_over(string key)
    {
        var (running, next) = Change(key);

        Assert.Empty(ConfigDiff.Compare(next, ConfigInForce.After(running, next)));
    }

    [Theory]
    [MemberData(nameof(Compiled))]
    public void What_a_reload_takes_over_and_hands_on_to_nobody_else_changes_the_policy(string key)
    {
        var (running, next) = Change(key);

        Assert.False(PolicyGraph.Same(PolicyOf(running), PolicyOf(next)), $"{key} is in force only after a restart, and does not say so");
    }

    [Fact]
    public void The_same_configuration_makes_the_same_policy() =>
        Assert.True(PolicyGraph.Same(PolicyOf(Change("dlp.patterns[].regex").Before), PolicyOf(Change("dlp.patterns[].regex").Before)));

    private static TheoryData<string> Keys(Func<Setting, bool> wanted) =>
        [.. SettingChanges.Table.Select(static row => row.Key).Where(key => wanted(ConfigKeys.Find(key)!.Setting))];

    private static (PosternConfig Before, PosternConfig After) Change(string key)
    {
        var row = SettingChanges.Table.Single(row => row.Key == key);
        var (set, before, after) = s_compilable.TryGetValue(key, out var own) ? own : (key, row.Before, row.After);
        return (SettingChanges.Bind(set, before), SettingChanges.Bind(set, after));
    }

    private static SecurityPolicy PolicyOf(PosternConfig config)
    {
        var compiled = PolicyCompiler.Compile(config);
        Assert.Empty(compiled.Errors);
        return compiled.Policy!;
    }
}
