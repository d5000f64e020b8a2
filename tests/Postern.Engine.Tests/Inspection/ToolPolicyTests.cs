using Postern.Engine.Configuration;
using Postern.Engine.Inspection;
using Postern.Engine.Mcp;

namespace Postern.Engine.Tests.Inspection;

/// <summary>What the configuration says about calls, as the inspector rules.</summary>
public sealed class ToolPolicyTests
{
    private const string Dangerous = """{"command":"cat ~/.ssh/id_rsa"}""";

    [Theory]
    [InlineData("", "bash", Dangerous, "tool.file.credential-read")]
    [InlineData("mcp_tool_policy: {action: warn}", "bash", Dangerous, null)]
    [InlineData("mcp_tool_policy: {enabled: false}", "bash", Dangerous, null)]
    [InlineData("mcp_tool_policy: {include_defaults: false}", "bash", Dangerous, null)]
    [InlineData("mcp_tool_policy: {action: ask}", "bash", Dangerous, "operation.not-approved")]
    [InlineData("mcp_tool_policy: {deny: [drop_*]}", "drop_table", "{}", "tool.policy.denied")]
    [InlineData("mcp_tool_policy: {deny: [drop_table]}", "Drop_Table", "{}", "tool.policy.denied")]
    [InlineData("mcp_tool_policy: {deny: [drop_table]}", "drоp_table", "{}", "tool.policy.denied")]
    [InlineData("mcp_tool_policy: {deny: [drop_table]}", "drop_table\\t", "{}", "tool.policy.denied")]
    [InlineData("mcp_tool_policy: {deny: [drop_table]}", " drop_table\u00A0", "{}", "tool.policy.denied")]
    [InlineData("mcp_tool_policy: {deny: [drop_*]}", "\\ndrop_table", "{}", "tool.policy.denied")]
    [InlineData("mcp_tool_policy: {allow: [read_text]}", "read_text\\t", "{}", "tool.policy.not-allowed")]
    [InlineData("mcp_tool_policy: {deny: [drop_table]}", "make_table", "{}", null)]
    [InlineData("mcp_tool_policy: {allow: [read_*]}", "read_text", "{}", null)]
    [InlineData("mcp_tool_policy: {allow: [read_*]}", "write_text", "{}", "tool.policy.not-allowed")]
    [InlineData("mcp_tool_policy: {allow: [read_*], deny: [read_all]}", "read_all", "{}", "tool.policy.denied")]
    public async Task Action_and_lists_decide(string yaml, string tool, string arguments, string? rule)
    {
        var refused = await new McpWorld(yaml).CallAsync(tool, arguments);
        Assert.Equal(rule, refused?.RuleId);
    }

    [Theory]
    [InlineData("tool_pattern: transfer.*", "transfer_money", "{}", true)]
    [InlineData("tool_pattern: transfer", "transfer_money", "{}", false)]
    [InlineData("arg_pattern: 'customer_[0-9]+'", "query", """{"sql":["select","customer_12"]}""", true)]
    [InlineData("arg_pattern: 'customer_[0-9]+'", "query", """{"customer_12":"x"}""", false)]
    [InlineData("arg_key: 'amount'", "pay", """{"amount":5}""", true)]
    [InlineData("arg_key: 'amount', arg_pattern: '^[0-9]{4,}$'", "pay", """{"amount":50000}""", true)]
    [InlineData("arg_key: 'amount', arg_pattern: '^[0-9]{4,}$'", "pay", """{"amount":5,"id":50000}""", false)]
    [InlineData("arg_key: 'amount', arg_pattern: '^[0-9]{4,}$'", "pay", """{"amount":1e6}""", true)]
    [InlineData("arg_key: 'amount', arg_pattern: '^[0-9]{4,}$'", "pay", """{"amount":9999.0}""", true)]
    [InlineData("arg_key: 'amount', arg_pattern: '^[0-9]{4,}$'", "pay", """{"amount":" 9999"}""", true)]
    [InlineData("arg_key: 'amount', arg_pattern: '^[0-9]{4,}$'", "pay", """{"amount":"9,999"}""", true)]
    [InlineData("arg_key: 'amount', arg_pattern: '^[0-9]{4,}$'", "pay", """{"amount":"0x270F"}""", true)]
    [InlineData("arg_key: 'amount', arg_pattern: '^[0-9]{4,}$'", "pay", """{"amount":1e40}""", true)]
    [InlineData("arg_key: 'amount', arg_pattern: '^[0-9]{4,}$'", "pay", """{"amount":9.99e2}""", false)]
    [InlineData("arg_key: 'amount', arg_pattern: '^[0-9]{4,}$'", "pay", """{"amount":0.00001}""", false)]
    [InlineData("arg_key: 'amount', arg_pattern: '^[0-9]{4,}$'", "pay", """["pay",50000]""", true)]
    [InlineData("arg_key: 'amount', arg_pattern: '^[0-9]{4,}$'", "pay", "\"{\\\"amount\\\":50000}\"", true)]
    [InlineData("arg_key: 'amount', arg_pattern: '^[0-9]{4,}$'", "pay", "\"{\\\"id\\\":50000}\"", false)]
    [InlineData("tool_pattern: pay", "pay\\t", "{}", true)]
    [InlineData("arg_pattern: '^terraform apply'", "run", """{"command":"terraform","args":["apply"]}""", true)]
    [InlineData("arg_pattern: '^terraform apply'", "start_app", """{"program":"terraform","args":["apply","-no-color"]}""", true)]
    [InlineData("arg_pattern: '^terraform apply'", "run", """{"command":"terraform","args":["plan"]}""", false)]
    [InlineData("arg_pattern: 'terraform apply'", "bash", """{"command":"cd x && t\"erra\"form   app\\ly"}""", true)]
    [InlineData("arg_pattern: 'prod'", "deploy", """{"to":{"cluster":["ｐｒｏｄ"]}}""", true)]
    public async Task A_rule_of_ones_own_says_which_calls_it_means(string keys, string tool, string arguments, bool matches)
    {
        var refused = await new McpWorld($"mcp_tool_policy: {{rules: [{{name: mine, {keys}}}]}}").CallAsync(tool, arguments);
        Assert.Equal(matches ? "tool.user.mine" : null, refused?.RuleId);
    }

    [Theory]
    [InlineData("block", "by_severity", "tool.user.mine")]
    [InlineData("block", "warn", "tool.user.mine")]
    [InlineData("ask", "block", "operation.not-approved")]
    [InlineData("warn", "block", null)]
    public async Task A_rule_of_ones_own_says_what_it_does(string action, string other, string? rule)
    {
        var world = new McpWorld($"mcp_tool_policy: {{action: {other}, rules: [{{name: mine, tool_pattern: pay, action: {action}}}]}}");
        var refused = await world.CallAsync("pay", "{}");
        Assert.Equal(rule, refused?.RuleId);
        Assert.Contains("tool.user.mine", world.Findings);
    }

    [Fact]
    public async Task An_approved_call_passes()
    {
        var world = new McpWorld("mcp_tool_policy: {rules: [{name: mine, tool_pattern: pay, action: ask}]}");
        world.World.Approves = true;
        Assert.Null(await world.CallAsync("pay", "{}"));
    }

    [Fact]
    public async Task A_redirect_decides_only_when_nothing_else_refuses()
    {
        const string Yaml = "mcp_tool_policy: {redirect_profiles: [{name: p, exec: [/bin/true]}], rules: [{name: mine, tool_pattern: bash, action: redirect, redirect_profile: p}]}";
        var world = new McpWorld(Yaml);
        Assert.Equal("tool.user.mine", (await world.CallAsync("bash", """{"command":"ls"}"""))?.RuleId);
        Assert.Equal("tool.file.credential-read", (await world.CallAsync("bash", Dangerous))?.RuleId);
        Assert.Equal("p", world.World.Policy.RedirectOf("tool.user.mine")?.Name);
    }

    [Theory]
    [InlineData("bash", Dangerous, McpCodes.ToolPolicy)]
    [InlineData("fetch", """{"url":"http://192.168.1.1/"}""", McpCodes.Content)]
    public async Task The_code_says_what_sort_of_rule_refused(string tool, string arguments, int code) =>
        Assert.Equal(code, McpCodes.Of((await new McpWorld().CallAsync(tool, arguments))!));

    [Fact]
    public async Task Not_approved_has_a_code_of_its_own() =>
        Assert.Equal(McpCodes.NotApproved, McpCodes.Of((await new McpWorld("mcp_tool_policy: {rules: [{name: mine, tool_pattern: pay, action: ask}]}").CallAsync("pay", "{}"))!));

    [Theory]
    [InlineData("""{"url":"http://192.168.1.1/"}""", "destination.internal-address", "args$.url")]
    [InlineData("""{"url":" HTTP://127.0.0.1/ "}""", "destination.internal-address", "args$.url")]
    [InlineData("""{"links":["https://example.com/","wss://[::1]:9/x"]}""", "destination.internal-address", "args$.links[1]")]
    [InlineData("""{"source":"ftp://10.0.0.8/pub"}""", "destination.internal-address", "args$.source")]
    [InlineData("""{"url":"http://2130706433/"}""", "destination.internal-address", "args$.url")]
    [InlineData("""{"url":"https://user@example.com/"}""", "destination.userinfo", "args$.url")]
    [InlineData("""{"url":"http://localhost:2375/"}""", "destination.internal-address", "args$.url")]
    [InlineData("""{"url":"http://foo.localhost./"}""", "destination.internal-address", "args$.url")]
    [InlineData("""{"url":"http://host.docker.internal:8080/"}""", "destination.internal-address", "args$.url")]
    [InlineData("""{"url":"http://metadata.goog/computeMetadata"}""", "destination.metadata-address", "args$.url")]
    [InlineData("""{"target":"gopher://127.0.0.1:6379/_x"}""", "destination.internal-address", "args$.target")]
    [InlineData("""{"dsn":"redis://u:p@0x7f000001:6379"}""", "destination.internal-address", "args$.dsn")]
    [InlineData("""{"page":"view-source:http://10.0.0.1/"}""", "destination.internal-address", "args$.page")]
    [InlineData("""{"page":"jar:http://127.0.0.1/a!/b"}""", "destination.internal-address", "args$.page")]
    [InlineData("""{"url":"localhost:2375/x"}""", "destination.internal-address", "args$.url")]
    [InlineData("""{"path":"file:///home/me/.ssh/id_rsa"}""", "tool.file.credential-read", "args$")]
    [InlineData("""{"path":"file://localhost/home/me/%2essh/id_rsa"}""", "tool.file.credential-read", "args$")]
    public async Task A_url_among_the_arguments_meets_the_layers_of_requests(string arguments, string rule, string where)
    {
        var refused = await new McpWorld().CallAsync("fetch", arguments);
        Assert.Equal((rule, where), (refused?.RuleId, refused?.Decisive?.Where));
    }

    [Theory]
    [InlineData("""{"url":"https://example.com/a?b=c"}""")]
    [InlineData("""{"content":"http://127.0.0.1:3000/"}""")]
    [InlineData("""{"note":"see http://127.0.0.1:3000/ for more"}""")]
    [InlineData("""{"scheme":"http"}""")]
    [InlineData("""{"uri":"memory://notes/42"}""")]
    [InlineData("""{"uri":"note://17"}""")]
    [InlineData("""{"uri":"s3://bucket-a/key.txt"}""")]
    [InlineData("""{"url":"example.com/page"}""")]
    [InlineData("""{"uri":"ui://widget/localhost.html"}""")]
    public async Task An_ordinary_url_and_a_url_that_is_only_written_pass(string arguments)
    {
        var world = new McpWorld();
        Assert.Null(await world.CallAsync("fetch", arguments));
        Assert.Equal(0, world.World.Lookups);
    }

    [Theory]
    [InlineData("trusted_domains: [localhost]")]
    [InlineData("ssrf: {ip_allowlist: [127.0.0.1/32]}")]
    public async Task A_local_name_that_is_meant_passes(string yaml) => Assert.Null(await new McpWorld(yaml).CallAsync("fetch", """{"url":"http://localhost:3000/"}"""));

    [Fact]
    public async Task In_mode_strict_a_url_must_be_on_the_list()
    {
        var world = new McpWorld("mode: strict\napi_allowlist: [example.com]");
        Assert.Null(await world.CallAsync("fetch", """{"url":"https://example.com/"}"""));
        Assert.Equal("destination.not-allowlisted", (await world.CallAsync("fetch", """{"url":"https://example.org/"}"""))?.RuleId);
    }

    [Theory]
    [InlineData("rules: [{name: a, tool_pattern: b, action: redirect, redirect_profile: c}]", "none of redirect_profiles")]
    [InlineData("rules: [{name: a b, tool_pattern: b}, {name: a-b, tool_pattern: b}]", "share the id")]
    public void What_cannot_be_meant_is_an_error(string keys, string says)
    {
        var read = ConfigReader.Read($"mcp_tool_policy: {{{keys}}}", "test.yaml");
        Assert.Empty(read.Errors);
        Assert.Contains(PolicyCompiler.Compile(read.Config!).Errors, error => error.Contains(says, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[true]", "absolute path")]
    [InlineData("[]", "expected a list")]
    public void A_redirect_names_its_program_by_its_whole_path(string exec, string says) =>
        Assert.Contains(ConfigReader.Read($"mcp_tool_policy: {{redirect_profiles: [{{name: a, exec: {exec}}}]}}", "test.yaml").Errors, error => error.Message.Contains(says, StringComparison.Ordinal));
}
