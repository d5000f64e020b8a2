using Postern.Engine.Configuration;

namespace Postern.Engine.Tests.Configuration;

public sealed class ConfigChecksTests
{
    [Theory]
    [InlineData("mode: strict", "mode", "api_allowlist")]
    [InlineData("api_allowlist: []\nmode: strict", "mode", "api_allowlist")]
    [InlineData("logging: { output: file }", "logging.output", "needs logging.file")]
    [InlineData("logging: { output: both }", "logging.output", "needs logging.file")]
    [InlineData("tls_interception: { ca_cert: a.pem }", "tls_interception", "belong together")]
    [InlineData("tls_interception: { ca_key: a.pem }", "tls_interception", "belong together")]
    [InlineData("shared_state: { connection_file: a }", "shared_state.connection_file", "key_file")]
    [InlineData("control: { listen: 127.0.0.1:8888 }", "control.listen", "fetch_proxy.listen")]
    [InlineData("control: { bearer_tokens: [0123456789abcdefX, 0123456789abcdefX] }", "control.bearer_tokens", "the same")]
    [InlineData("approvals: { four_eyes: true }", "approvals.four_eyes", "only one way")]
    [InlineData("control: { listen: 127.0.0.1:1, bearer_tokens: [0123456789abcdefX] }\napprovals: { four_eyes: true }", "approvals.four_eyes", "only one way")]
    [InlineData("control: { listen: 127.0.0.1:1 }\napprovals: { webhook_url: 'https://a.example/' }", "approvals.webhook_url", "webhook_secret")]
    [InlineData("approvals: { webhook_url: 'https://a.example/', webhook_secret: 0123456789abcdefX }", "approvals.webhook_url", "control.listen")]
    [InlineData("scan_api: { listen: 127.0.0.1:1 }", "scan_api.listen", "bearer_tokens")]
    [InlineData("scan_api: { auth: { bearer_tokens: [0123456789abcdefX, 0123456789abcdefX] } }", "scan_api.auth.bearer_tokens", "the same")]
    [InlineData("sandbox: { strict: true, best_effort: true }", "sandbox.best_effort", "excludes sandbox.strict")]
    [InlineData("metrics_listen: 127.0.0.1:8888", "metrics_listen", "taken by fetch_proxy.listen")]
    [InlineData("metrics_listen: 0.0.0.0:8888", "metrics_listen", "taken by fetch_proxy.listen")]
    [InlineData("metrics_listen: \"[::]:8888\"", "metrics_listen", "taken by fetch_proxy.listen")]
    [InlineData("metrics_listen: localhost:8888", "metrics_listen", "taken by fetch_proxy.listen")]
    [InlineData("limits: { overlap_bytes: 65536 }", "limits.overlap_bytes", "smaller than")]
    [InlineData("limits: { hold_bytes: 8192 }", "limits.window_bytes", "not be larger")]
    public void Refuses_what_cannot_hold_together(string yaml, string key, string message)
    {
        var result = ConfigReader.Read(yaml, "f");
        var error = Assert.Single(result.Errors);
        Assert.Null(result.Config);
        Assert.Equal(key, error.Key);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mode: strict\napi_allowlist: [a.example]")]
    [InlineData("metrics_listen: 127.0.0.2:8888")]
    [InlineData("metrics_listen: \"[::1]:8888\"")]
    [InlineData("metrics_listen: 127.0.0.1:8889")]
    [InlineData("fetch_proxy: { listen: 127.0.0.1:0 }\nmetrics_listen: 127.0.0.1:0")]
    [InlineData("logging: { output: file, file: a.log }")]
    [InlineData("tls_interception: { ca_cert: a.pem, ca_key: b.pem }")]
    public void Accepts_what_holds_together_without_a_warning(string yaml)
    {
        var result = ConfigReader.Read(yaml, "f");
        Assert.Empty(result.Errors);
        Assert.Empty(result.Warnings);
        Assert.NotNull(result.Config);
    }

    [Theory]
    [InlineData("fetch_proxy: { listen: 0.0.0.0:8888 }", "fetch_proxy.listen")]
    [InlineData("metrics_listen: 192.0.2.1:9", "metrics_listen")]
    [InlineData("enforce: false", "enforce")]
    [InlineData("mode: audit", "mode")]
    [InlineData("mode: audit\nenforce: false", "enforce")]
    [InlineData("kill_switch: { enabled: true }", "kill_switch.enabled")]
    [InlineData("internal: []", "internal")]
    [InlineData("control: { bearer_tokens: [short] }", "control.bearer_tokens")]
    [InlineData("scan_api: { auth: { bearer_tokens: [short] } }", "scan_api.auth.bearer_tokens")]
    public void Warns_about_what_is_probably_not_meant(string yaml, string key)
    {
        var result = ConfigReader.Read(yaml, "f");
        Assert.Empty(result.Errors);
        Assert.Equal(key, Assert.Single(result.Warnings).Key);
    }

    [Fact]
    public void An_issue_between_settings_points_to_the_setting()
    {
        var error = Assert.Single(ConfigReader.Read("version: 1\nscan_api:\n  max_body_bytes: 2048\n  listen: 127.0.0.1:5\n", "f").Errors);
        Assert.Equal((4, 11), (error.Line, error.Column));
    }
}
