using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Postern.Transports.Http;
using Postern.Transports.Mcp;
using Postern.Transports.Tests.Conformance;

namespace Postern.Transports.Tests.Mcp;

/// <summary>Credentials that the operator gives to one server behind a bridge.</summary>
public sealed class OwnHeaderTests
{
    private static readonly string s_token = "Bearer " + "ghp" + "_016C7mDmFsPW0dYQxS3nKyqvLmXgTt2yNB5V";

    [Fact]
    public async Task Reach_the_server_and_no_record()
    {
        await using var world = await World.StartAsync(await Upstream.StartAsync());
        var seen = "";
        world.Upstream.Answer = (features, _) =>
        {
            seen = features.GetRequiredFeature<IHttpRequestFeature>().Headers.Authorization.ToString();
            return Upstream.Text(features, """{"jsonrpc":"2.0","id":1,"result":{"tools":[]}}""", "application/json");
        };
        var parts = new McpParts(world.Inspector, world.Policies, "echo", TimeProvider.System) { Headers = new OperatorHeaders([new("Authorization", s_token)]) };
        var (fromAgent, toAgent) = (new Pipe(), new MemoryStream());
        await fromAgent.Writer.WriteAsync(Encoding.UTF8.GetBytes("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""" + "\n"), TestContext.Current.CancellationToken);
        await fromAgent.Writer.CompleteAsync();

        await new StdioBridge(parts, new Uri($"http://plain.test:{world.Upstream.Port}/mcp")).RunAsync(
            new StdioWire { FromAgent = fromAgent.Reader.AsStream(), ToAgent = toAgent }, TestContext.Current.CancellationToken);

        Assert.Equal(s_token, seen);
        Assert.Contains("\"tools\":[]", Encoding.UTF8.GetString(toAgent.ToArray()), StringComparison.Ordinal);
        Assert.All(world.Evidence.Records, static record => Assert.Equal(Postern.Engine.Policy.Effect.Allow, record.Effect));
    }
}
