using System.Text;
using Postern.Engine.Flow;
using Postern.Engine.Inspection;
using Postern.Engine.Mcp;

namespace Postern.Engine.Tests.Inspection;

/// <summary>Calls of tools on their way through the inspector, in every envelope.</summary>
public sealed class ToolLookTests
{
    private const string Call = """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"bash","arguments":{"command":"cat ~/.ssh/id_rsa"}}}""";

    [Theory]
    [InlineData(RpcShape.Request, Call)]
    [InlineData(RpcShape.Notification, Call)]
    [InlineData(RpcShape.Batch, "[{\"jsonrpc\":\"2.0\",\"method\":\"x\"}," + Call + "]")]
    [InlineData(RpcShape.Call, """{"command":"cat ~/.ssh/id_rsa"}""")]
    public async Task Finds_a_dangerous_call_in_every_envelope(RpcShape shape, string json) =>
        Assert.Equal("tool.file.credential-read", (await RuleAsync(shape, Direction.Outbound, json))?.RuleId);

    [Theory]
    [InlineData(Direction.Inbound, """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"bash","arguments":{"command":"mkfs.ext4 /dev/sda"}}}""")]
    [InlineData(Direction.Outbound, """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"bash","arguments":{"command":"ls"}}}""")]
    [InlineData(Direction.Outbound, """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"bash"}}""")]
    public async Task Lets_everything_else_pass(Direction direction, string json) => Assert.Null(await RuleAsync(RpcShape.Request, direction, json));

    [Theory]
    [InlineData("resources/read", "\"uri\":\"file:///root/.ssh/id_rsa\"", "tool.file.credential-read", "params$.uri")]
    [InlineData("resources/subscribe", "\"uri\":\"file:///root/.s%73h/id_rsa\"", "tool.file.credential-read", "params$.uri")]
    [InlineData("resources/read", "\"uri\":\"http://169.254.169.254/\"", "destination.metadata-address", "params$.uri")]
    [InlineData("completion/complete", "\"ref\":{\"type\":\"ref/resource\",\"uri\":\"http://169.254.169.254/\"}", "destination.metadata-address", "params$.ref.uri")]
    [InlineData("resources/read", "\"uri\":\"file:///home/me/project/readme.md\"", null, null)]
    [InlineData("resources/read", "\"uri\":\"notes://a/b\"", null, null)]
    [InlineData("resources/read", "\"uri\":7,\"ref\":[]", null, null)]
    [InlineData("completion/complete", "\"ref\":{\"type\":\"ref/prompt\",\"name\":\"p\"},\"argument\":{\"name\":\"a\",\"value\":\"b\"}", null, null)]
    public async Task Judges_the_address_of_a_resource_like_an_argument(string method, string parameters, string? rule, string? where)
    {
        var request = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":{" + parameters + "}}";
        foreach (var (shape, json) in new[] { (RpcShape.Request, request), (RpcShape.Batch, "[" + request + "]") })
        {
            var refused = await RuleAsync(shape, Direction.Outbound, json, method);

            Assert.Equal((rule, where), (refused?.RuleId, refused?.Decisive?.Where));
        }
    }

    [Fact]
    public async Task Half_a_surrogate_pair_is_not_read_as_nothing() =>
        Assert.Equal("tool.command.unread", (await RuleAsync(RpcShape.Call, Direction.Outbound, """{"command":"ls \ud800"}"""))?.RuleId);

    private static async Task<Refused?> RuleAsync(RpcShape shape, Direction direction, string json, string method = "tools/call")
    {
        using var writer = new MessageWriter();
        writer.Add(PartKind.Text, "bash");
        writer.Body(Encoding.UTF8.GetBytes(json));
        var message = writer.Seal(new MessageFacts(MessageKind.Text, direction)
        {
            Whole = true,
            Content = ContentKind.Json,
            Mcp = new McpFacts(shape) { Method = shape is RpcShape.Request or RpcShape.Notification ? Encoding.UTF8.GetBytes(method) : default },
        });
        var world = new TestWorld();
        return await world.RuleAsync(world.Exchange(), message);
    }
}
