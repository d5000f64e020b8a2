using System.Text;
using Postern.Engine.Flow;
using Postern.Engine.Inspection;
using Postern.Engine.Mcp;
using Postern.Engine.Views;

namespace Postern.Engine.Tests.Inspection;

/// <summary>Who is asked what, and what an answer is worth.</summary>
public sealed class ApprovalTests
{
    private const string Asking = "request_body_scanning: { action: ask }\nforward_proxy: { enabled: true }\n";
    private const string Password = "Xk29fjw0qLmz81Qp";

    [Fact]
    public async Task A_yes_lets_pass_and_stands_in_the_evidence_with_its_name()
    {
        var world = new TestWorld(Asking) { Approves = true };
        Assert.Null(await world.RuleAsync(world.Exchange(), Post($"password={Password}")));
        var asked = Assert.Single(world.Asked);
        Assert.Equal(("tester", "test", "http://example.com", "POST", "outbound", "high"), (asked.Actor, asked.Transport, asked.Target, asked.Action, asked.Direction, asked.Risk));
        Assert.Equal("secret.generic.password", asked.Reasons[0].Rule);
        Assert.Equal("approved by tester", world.LastGrant);
    }

    [Fact]
    public async Task What_is_shown_is_the_message_without_what_was_found()
    {
        var world = new TestWorld(Asking);
        await world.RuleAsync(world.Exchange(), Post($"first\u202e password={Password} last\e[2J"));
        var shown = Assert.Single(world.Asked).Excerpt;
        Assert.Contains("POST http://example.com/notes", shown, StringComparison.Ordinal);
        Assert.Contains("password=[secret.generic.password] last", shown, StringComparison.Ordinal);
        Assert.Contains("\\u{202e}", shown, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, shown, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', shown);
    }

    [Fact]
    public async Task Of_a_long_message_the_surroundings_of_what_decided_are_shown()
    {
        var world = new TestWorld(Asking);
        var filler = string.Concat(Enumerable.Repeat("the quick brown fox. ", 2000));
        await world.RuleAsync(world.Exchange(), Post($"{filler} password={Password} {filler}"));
        var shown = Assert.Single(world.Asked).Excerpt;
        Assert.Contains("password=[secret.generic.password]", shown, StringComparison.Ordinal);
        Assert.Contains(" bytes before]", shown, StringComparison.Ordinal);
        Assert.Contains(" bytes after]", shown, StringComparison.Ordinal);
        Assert.InRange(shown.Length, 4000, 4500);
    }

    [Fact]
    public async Task Without_a_yes_it_is_refused_as_not_approved()
    {
        var world = new TestWorld(Asking);
        var refused = await world.RuleAsync(world.Exchange(), Post($"password={Password}"));
        Assert.Equal(RefusalKind.NotApproved, refused!.Kind);
    }

    [Fact]
    public async Task Nobody_is_asked_about_half_a_body()
    {
        var world = new TestWorld(Asking) { Approves = true };
        var exchange = world.Exchange();
        Assert.Null(await world.RuleAsync(exchange, Post("good morning")));
        var window = TestWorld.Body($"password={Password}", new MessageFacts(MessageKind.BodyWindow, Direction.Outbound));
        Assert.Equal(RefusalKind.NotApproved, (await world.RuleAsync(exchange, window))!.Kind);
        Assert.Empty(world.Asked);
    }

    [Fact]
    public async Task Whoever_halts_while_somebody_is_asked_means_this_message_too()
    {
        var world = new TestWorld(Asking) { Approves = true };
        world.WhileAsked = () => world.IsHalted = true;
        Assert.Equal(RefusalKind.Halted, (await world.RuleAsync(world.Exchange(), Post($"password={Password}")))!.Kind);
    }

    [Fact]
    public async Task A_stopped_actor_is_refused_by_a_rule_of_its_own()
    {
        var world = new TestWorld { Stopped = "tester" };
        var refused = await world.RuleAsync(world.Exchange(), Post("good morning"));
        Assert.Equal(("operation.terminated", RefusalKind.Halted), (refused!.RuleId, refused.Kind));
        world.Stopped = "somebody else";
        Assert.Null(await world.RuleAsync(world.Exchange(), Post("good morning")));
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"note","arguments":{"text":"password=Xk29fjw0qLmz81Qp"},"_meta":{"progressToken":9}}}""", true, true)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"note","arguments":{"text":"Password=Xk29fjw0qLmz81Qp"}}}""", false, true)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"note","arguments":{"text":"api_key = 9f8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c"}}}""", false, false)]
    public async Task A_call_is_the_same_when_its_parameters_are_and_alike_when_its_reasons_are(string call, bool isSame, bool isAlike)
    {
        var world = new TestWorld(Asking);
        await world.RuleAsync(world.Exchange(), Call("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"note","arguments":{"text":"password=Xk29fjw0qLmz81Qp"}}}"""));
        await world.RuleAsync(world.Exchange(), Call(call));
        Assert.Equal(2, world.Asked.Count);
        Assert.Equal(isSame, world.Asked[0].Exact == world.Asked[1].Exact);
        Assert.Equal(isAlike, world.Asked[0].Alike == world.Asked[1].Alike);
        Assert.Equal("tools/call note", world.Asked[0].Action);
    }

    private static Message Post(string text)
    {
        using var writer = new MessageWriter();
        writer.Add(PartKind.Method, "POST");
        writer.Add(PartKind.Url, "http://example.com/notes");
        writer.Body(Encoding.UTF8.GetBytes(text));
        return writer.Seal(new MessageFacts(MessageKind.Request, Direction.Outbound) { Whole = true, Content = ContentKind.Text });
    }

    private static Message Call(string json)
    {
        using var writer = new MessageWriter();
        writer.Add(PartKind.Method, "POST");
        writer.Add(PartKind.Url, "http://example.com/mcp");
        writer.Body(Encoding.UTF8.GetBytes(json));
        return writer.Seal(new MessageFacts(MessageKind.Request, Direction.Outbound)
        {
            Whole = true,
            Content = ContentKind.Json,
            Mcp = new McpFacts(RpcShape.Request) { Method = "tools/call"u8.ToArray(), Tool = "note"u8.ToArray() },
        });
    }
}
