using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Postern.Transports.Tests.Conformance;

namespace Postern.Transports.Tests.Mcp;

public sealed class McpRecognitionTests
{
    [Theory]
    [InlineData("forward", "MCP-Protocol-Version", "2025-11-25", true)]
    [InlineData("forward", "Mcp-Session-Id", "s", true)]
    [InlineData("intercept-h1", "MCP-Protocol-Version", "2026-07-28", true)]
    [InlineData("intercept-h2", "Mcp-Session-Id", "s", true)]
    [InlineData("forward", "Accept", "application/json, text/event-stream", true)]
    [InlineData("forward", "Accept", "application/json", false)]
    public async Task A_refused_call_in_a_proxy_is_refused_in_its_own_words(string transport, string name, string value, bool isMcp)
    {
        await using var harness = await Conformance.Transports.StartAsync(transport);
        using var request = new HttpRequestMessage(HttpMethod.Post, "mcp")
        {
            Version = harness.Client.DefaultRequestVersion,
            VersionPolicy = harness.Client.DefaultVersionPolicy,
            Content = new StringContent(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"x\",\"arguments\":{\"memo\":\"" + Leaks.Secret + "\"}}}", Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation(name, value);

        using var response = await harness.Client.SendAsync(request);

        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(isMcp ? 200 : 403, (int)response.StatusCode);
        Assert.Equal(isMcp, answer.RootElement.TryGetProperty("result", out _));
        Assert.Empty(harness.World.Upstream.Requests);
    }

    [Fact]
    public async Task What_takes_both_answers_and_is_no_MCP_passes_as_what_it_is()
    {
        await using var harness = await Conformance.Transports.StartAsync("forward");
        using var request = new HttpRequestMessage(HttpMethod.Post, "chat") { Content = new StringContent("{\"a\":1}", Encoding.UTF8, "application/json") };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        harness.World.Upstream.Answer = static (features, _) => Upstream.Text(features, "data: no json\n\n", "text/event-stream");

        using var response = await harness.Client.SendAsync(request);

        Assert.Equal((200, "data: no json\n\n"), ((int)response.StatusCode, await response.Content.ReadAsStringAsync()));
    }
}
