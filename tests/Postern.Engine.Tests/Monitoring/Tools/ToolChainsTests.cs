using Postern.Engine.Configuration;
using Postern.Engine.Mcp;

namespace Postern.Engine.Tests.Monitoring.Tools;

/// <summary>Calls that follow each other, through the inspector.</summary>
public sealed class ToolChainsTests
{
    private const string Upload = """upload_file {"path":"shot.png"}""";

    [Fact]
    public async Task Database_screenshot_and_upload_are_refused_as_a_chain()
    {
        var refused = await new Agent().PlayAsync("""run_query {"sql":"SELECT * FROM customers"}""", "take_screenshot", Upload);
        Assert.Equal("session.chain.database-screenshot-upload", refused!.Decisive!.Rule.Id);
        Assert.Equal("session", refused.Decisive.Where);
        Assert.Equal("run_query, then upload_file", refused.Decisive.Detail);
        Assert.Equal(McpCodes.Session, McpCodes.Of(refused));
    }

    [Fact]
    public async Task A_chain_goes_over_servers()
    {
        var agent = new Agent();
        Assert.Null(await agent.PlayAsync("""run_query {"sql":"SELECT 1"}""", "take_screenshot"));
        agent.Server = "another";
        Assert.NotNull(await agent.PlayAsync(Upload));
    }

    [Fact]
    public async Task What_is_asked_for_passes_when_somebody_approves()
    {
        Assert.Equal("operation.not-approved", (await new Agent().PlayAsync("take_screenshot", Upload))!.Decisive!.Rule.Id);
        Assert.Null(await new Agent { Approves = true }.PlayAsync("take_screenshot", Upload));
    }

    [Fact]
    public async Task The_work_of_a_coding_agent_is_recorded_and_passes()
    {
        var agent = new Agent();
        Assert.Null(await agent.PlayAsync(
            """list_directory {"path":"."}""",
            """list_directory {"path":"src"}""",
            """read_file {"path":"src/main.py"}""",
            """write_file {"path":"src/main.py","content":"x"}""",
            """bash {"command":"pytest"}""",
            """bash {"command":"npm run build"}""",
            """bash {"command":"make"}""",
            """bash {"command":"make lint"}"""));
        Assert.Contains("session.chain.read-then-exec session", agent.Evidence);
        Assert.Contains("session.chain.shell-burst session", agent.Evidence);
    }

    [Theory]
    [InlineData("tool_chain_detection: { action: block }", "session.chain.read-then-exec")]
    [InlineData("tool_chain_detection: { action: warn, pattern_overrides: [{ name: read-then-exec, action: block }] }", "session.chain.read-then-exec")]
    [InlineData("tool_chain_detection: { custom_patterns: [{ name: Look and run, sequence: 'read > exec' }] }", "session.user.look-and-run")]
    public async Task An_action_reaches_the_chain(string yaml, string rule) =>
        Assert.Equal(rule, (await new Agent(yaml).PlayAsync("""read_file {"path":"a"}""", """bash {"command":"make"}"""))!.Decisive!.Rule.Id);

    [Theory]
    [InlineData("tool_chain_detection: { enabled: false }")]
    [InlineData("tool_chain_detection: { action: warn }")]
    [InlineData("rules: { disabled: [session.chain.*] }")]
    [InlineData("tool_chain_detection: { tool_categories: [{ category: list, tools: [upload_*] }] }")]
    public async Task An_operator_can_let_a_chain_pass(string yaml) =>
        Assert.Null(await new Agent(yaml).PlayAsync("""run_query {"sql":"SELECT 1"}""", "take_screenshot", Upload));

    [Theory]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public async Task Other_calls_between_two_steps_count(int others, bool found)
    {
        var agent = new Agent("tool_chain_detection: { action: block }");
        var steps = Enumerable.Repeat("search", others).Prepend("""read_file {"path":"a"}""").Append("""bash {"command":"make"}""");
        Assert.Equal(found, await agent.PlayAsync([.. steps]) is not null);
    }

    [Fact]
    public async Task Calls_that_are_no_step_do_not_count()
    {
        var steps = Enumerable.Repeat("frobnicate", 30).Prepend("""read_file {"path":"a"}""").Append("""bash {"command":"make"}""");
        Assert.NotNull(await new Agent("tool_chain_detection: { action: block }").PlayAsync([.. steps]));
    }

    [Fact]
    public async Task An_answer_with_a_credential_makes_its_call_a_secret_one()
    {
        var answer = "< key = " + "AKIA" + "QYLPMN5HFIQR7XYZ";
        var refused = await new Agent("dlp: { response_action: warn }").PlayAsync("""read_file {"path":"notes.txt"}""", answer, """send_message {"text":"hello"}""");
        Assert.Equal("session.chain.secret-then-network", refused!.Decisive!.Rule.Id);
    }

    [Fact]
    public async Task Names_that_could_hold_something_are_not_repeated()
    {
        var refused = await new Agent("tool_chain_detection: { action: block }").PlayAsync("""get_aG93IG5vdyBicm93biBjb3c {"path":"a"}""", """bash {"command":"make"}""");
        Assert.Equal("a tool, then bash", refused!.Decisive!.Detail);
    }

    [Fact]
    public void An_override_of_no_chain_is_an_error()
    {
        var read = ConfigReader.Read("tool_chain_detection: { pattern_overrides: [{ name: no-such, action: warn }] }", "test.yaml");
        Assert.Contains("no chain 'no-such'", Assert.Single(PolicyCompiler.Compile(read.Config!).Errors));
    }
}
