using Postern.Engine.Configuration;
using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Tests.Configuration;

public sealed class ConfigHashTests
{
    [Theory]
    [MemberData(nameof(SettingChanges.Rows), MemberType = typeof(SettingChanges))]
    public void Changes_with_every_setting_of_the_policy_and_with_no_other(string key, string before, string after, ChangeEffect effect)
    {
        _ = effect;
        var setting = ConfigKeys.Find(key)!.Setting;
        var isPolicy = !setting.IsOutsidePolicy && !setting.Kind.IsSecret;

        var (left, right) = (ConfigHash.Of(SettingChanges.Bind(key, before)), ConfigHash.Of(SettingChanges.Bind(key, after)));

        Assert.Equal(isPolicy, left != right);
        Assert.Matches("^[0-9a-f]{64}$", left);
    }

    [Theory]
    [InlineData("api_allowlist: [a.example, b.example]", "api_allowlist: [B.example., a.example]")]
    [InlineData("dlp: { patterns: [{ name: a, regex: x }, { name: b, regex: y }] }", "dlp: { patterns: [{ regex: y, name: b }, { name: a, regex: x, severity: high }] }")]
    [InlineData("tls_interception: { cert_ttl: 60m }", "tls_interception: { cert_ttl: 1h }")]
    [InlineData("forward_proxy: { connect_ports: [443, 80] }", "forward_proxy: { connect_ports: [80, 443-443] }")]
    [InlineData("fetch_proxy: { monitoring: { entropy_threshold: 5 } }", "fetch_proxy: { monitoring: { entropy_threshold: 5.0 } }")]
    public void Is_the_same_for_the_same_meaning(string left, string right) =>
        Assert.Equal(ConfigHash.Canonical(Bound.Whole(left)), ConfigHash.Canonical(Bound.Whole(right)));

    [Fact]
    public void The_hash_of_the_defaults_is_the_one_written_down() =>
        Assert.Equal(ConfigHash.Of(PosternConfig.Default with { }), ConfigHash.Of(PosternConfig.Default));

    [Fact]
    public void The_canonical_form_is_versioned_sorted_json_without_secrets()
    {
        var canonical = ConfigHash.Canonical(Bound.Whole("scan_api: { auth: { bearer_tokens: [planted-token] } }\nfetch_proxy: { user_agent: \"a\\\"\\\\b\" }\nlogging: { file: planted.log }"));

        Assert.StartsWith("postern-config-v1\n{\"a2a_scanning\":{\"detect_card_drift\":true,", canonical, StringComparison.Ordinal);
        Assert.Contains("\"user_agent\":\"a\\\"\\\\b\"", canonical, StringComparison.Ordinal);
        Assert.DoesNotContain("planted", canonical, StringComparison.Ordinal);
        using var json = System.Text.Json.JsonDocument.Parse(canonical[canonical.IndexOf('\n', StringComparison.Ordinal)..]);
        AssertSorted(json.RootElement);
    }

    private static void AssertSorted(System.Text.Json.JsonElement section)
    {
        var keys = section.EnumerateObject().Select(property => property.Name).ToArray();
        Assert.Equal(keys.Order(StringComparer.Ordinal), keys);
        foreach (var property in section.EnumerateObject().Where(property => property.Value.ValueKind == System.Text.Json.JsonValueKind.Object))
        {
            AssertSorted(property.Value);
        }
    }
}
