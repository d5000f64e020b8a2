using Postern.Engine.Configuration;
using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Tests.Configuration;

public sealed class ConfigDiffTests
{
    [Fact]
    public void The_table_has_every_key_that_can_change()
    {
        // version accepts a single value, so there is no change of it.
        var keys = ConfigKeys.All.Where(key => key.Setting.Kind is not SectionKind && key.Path != "version").Select(key => key.Path);
        Assert.Equal(keys.Order(), SettingChanges.Table.Select(row => row.Key).Order());
    }

    [Theory]
    [MemberData(nameof(SettingChanges.Rows), MemberType = typeof(SettingChanges))]
    public void Says_what_a_change_does(string key, string before, string after, ChangeEffect effect)
    {
        var changes = ConfigDiff.Compare(SettingChanges.Bind(key, before), SettingChanges.Bind(key, after));

        Assert.NotEmpty(changes);
        Assert.Equal(effect, changes.Min(change => change.Effect));
        var isItemKey = key.Contains("[]", StringComparison.Ordinal);
        Assert.All(changes, change => Assert.StartsWith(isItemKey ? key[..key.IndexOf('[', StringComparison.Ordinal)] : key, change.Key, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(SettingChanges.Rows), MemberType = typeof(SettingChanges))]
    public void Going_back_has_the_opposite_effect(string key, string before, string after, ChangeEffect effect)
    {
        // Where any change of a set value is dangerous, and where an item is replaced by another, both ways weaken.
        var isTwoWay = ConfigKeys.Find(key)!.Setting is { Weakens: Weakens.WhenChanged } or { IsRequired: true };
        var expected = effect switch
        {
            ChangeEffect.Weakens when isTwoWay && !after.Contains("\"\"", StringComparison.Ordinal) => ChangeEffect.Weakens,
            ChangeEffect.Weakens => ChangeEffect.Strengthens,
            ChangeEffect.Strengthens => ChangeEffect.Weakens,
            _ => ChangeEffect.Neutral,
        };

        var changes = ConfigDiff.Compare(SettingChanges.Bind(key, after), SettingChanges.Bind(key, before));

        Assert.Equal(expected, changes.Min(change => change.Effect));
    }

    [Theory]
    [MemberData(nameof(SettingChanges.Rows), MemberType = typeof(SettingChanges))]
    public void The_same_value_is_no_change(string key, string before, string after, ChangeEffect effect)
    {
        _ = (after, effect);
        Assert.Empty(ConfigDiff.Compare(SettingChanges.Bind(key, before), SettingChanges.Bind(key, before)));
    }

    [Theory]
    [InlineData("trusted_domains", "[\"*.example.com\"]", "[\"*.example.com\", a.example.com, example.com]", ChangeEffect.Neutral)]
    [InlineData("trusted_domains", "[\"*.example.com\"]", "[a.example.com]", ChangeEffect.Strengthens)]
    [InlineData("trusted_domains", "[\"*.example.com\"]", "[badexample.com]", ChangeEffect.Weakens)]
    [InlineData("trusted_domains", "[\"*.example.com\"]", "[\"*.a.example.com\"]", ChangeEffect.Strengthens)]
    [InlineData("ssrf.ip_allowlist", "[10.0.0.0/8]", "[10.0.0.0/9]", ChangeEffect.Strengthens)]
    [InlineData("ssrf.ip_allowlist", "[10.0.0.0/8]", "[10.0.0.0/8, 10.1.2.3/32]", ChangeEffect.Neutral)]
    [InlineData("ssrf.ip_allowlist", "[10.0.0.0/8]", "[\"fd00::/8\"]", ChangeEffect.Weakens)]
    [InlineData("forward_proxy.connect_ports", "[400-500]", "[443, 450-460]", ChangeEffect.Strengthens)]
    [InlineData("forward_proxy.connect_ports", "[443]", "[]", ChangeEffect.Weakens)]
    [InlineData("forward_proxy.connect_ports", "[]", "[443]", ChangeEffect.Strengthens)]
    [InlineData("rules.disabled", "[secret.*]", "[secret.aws.key]", ChangeEffect.Strengthens)]
    [InlineData("fetch_proxy.monitoring.max_requests_per_minute", "0", "1000000", ChangeEffect.Strengthens)]
    [InlineData("fetch_proxy.listen", "127.0.0.1:1", "localhost:2", ChangeEffect.Neutral)]
    [InlineData("kill_switch.sentinel_file", "\"\"", "a.txt", ChangeEffect.Strengthens)]
    [InlineData("mode", "audit", "balanced", ChangeEffect.Strengthens)]
    public void Understands_wildcards_ranges_and_zero(string key, string before, string after, ChangeEffect effect)
    {
        var change = Assert.Single(ConfigDiff.Compare(SettingChanges.Bind(key, before), SettingChanges.Bind(key, after)));
        Assert.Equal(effect, change.Effect);
    }

    [Fact]
    public void Order_and_repetition_in_lists_are_no_change()
    {
        var before = Bound.Whole("api_allowlist: [a.example, b.example]");
        var after = Bound.Whole("api_allowlist: [B.example., a.example, b.example]");
        Assert.Empty(ConfigDiff.Compare(before, after));
    }

    [Fact]
    public void Shows_old_and_new_values_by_key()
    {
        var before = Bound.Whole("dlp: { patterns: [{ name: acme, regex: aaa }, { name: gone, regex: bbb }] }");
        var after = Bound.Whole("dlp: { patterns: [{ name: new, regex: ccc }, { name: acme, regex: aab, severity: critical }] }");

        Assert.Equal(
            [
                new("dlp.patterns[acme].regex", "\"aaa\"", "\"aab\"", ChangeEffect.Weakens, false),
                new("dlp.patterns[acme].severity", "high", "critical", ChangeEffect.Strengthens, false),
                new("dlp.patterns[gone]", "gone", "(absent)", ChangeEffect.Weakens, false),
                new("dlp.patterns[new]", "(absent)", "new", ChangeEffect.Strengthens, false),
            ],
            ConfigDiff.Compare(before, after).OrderBy(change => change.Key, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("scan_api.auth.bearer_tokens", "[planted-token-one-111]", "[planted-token-two-222]")]
    [InlineData("scan_api.auth.bearer_tokens", "[]", "[planted-token-two-222, planted-token-one-111]")]
    public void Never_prints_a_secret(string key, string before, string after)
    {
        var (left, right) = (SettingChanges.Bind(key, before), SettingChanges.Bind(key, after));
        var change = Assert.Single(ConfigDiff.Compare(left, right));

        Assert.DoesNotContain("planted", change.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("planted", $"{left} {left.ScanApi} {right.ScanApi.Auth} {string.Join(',', right.ScanApi.Auth.BearerTokens)}", StringComparison.Ordinal);
    }

    [Fact]
    public void Weakenings_are_the_changes_that_weaken()
    {
        var before = PosternConfig.Default;
        var after = before with { Enforce = false, Mode = Engine.Policy.Mode.Strict };
        Assert.Equal("enforce", Assert.Single(ConfigDiff.Weakenings(before, after)).Key);
        Assert.Equal(2, ConfigDiff.Compare(before, after).Count);
    }

    [Fact]
    public void Marks_what_needs_a_restart()
    {
        var after = SettingChanges.Bind("metrics_listen", "127.0.0.1:1");
        Assert.True(Assert.Single(ConfigDiff.Compare(PosternConfig.Default, after)).NeedsRestart);
    }
}
