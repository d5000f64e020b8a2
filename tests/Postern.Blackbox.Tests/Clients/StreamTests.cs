namespace Postern.Blackbox.Tests.Clients;

/// <summary>Conversations: the next part is sent only after the client has confirmed the part before, so that holding anything back ends in silence.</summary>
public sealed class StreamTests
{
    [Theory]
    [InlineData("PLAIN")]
    [InlineData("TLS")]
    public async Task A_chat_arrives_event_by_event(string origin)
    {
        await using var stage = new Stage();
        await stage.StartNodeAsync("site.mjs");

        var output = await stage.SucceedAsync($"timeout 30 node $SCRIPTS/converse.mjs ${origin} /chat talk");

        Assert.StartsWith("200 text/event-stream", output);
        Assert.Contains("""{"content":" fine"}""", output);
        Assert.Contains("data: [DONE]", output);
    }

    [Theory]
    [InlineData("PLAIN")]
    [InlineData("TLS")]
    public async Task Chunked_text_arrives_as_it_is_said(string origin)
    {
        await using var stage = new Stage();
        await stage.StartNodeAsync("site.mjs");

        var output = await stage.SucceedAsync($"timeout 30 node $SCRIPTS/converse.mjs ${origin} /lines talk");

        Assert.Equal("200 text/plain\nline 0\nline 1\nline 2\nend\n\n", output);
    }

    [NeedsFact("curl")]
    public async Task Curl_reads_a_chat_too()
    {
        await using var stage = new Stage();
        await stage.StartNodeAsync("site.mjs");

        var output = await stage.SucceedAsync("for origin in $PLAIN $TLS; do curl -sS -N $origin/chat | grep -c ^data:; done");

        Assert.Equal("5\n5\n", output);
    }

    [Theory]
    [InlineData("PLAIN")]
    [InlineData("TLS")]
    public async Task A_web_socket_echoes_text_and_binary(string origin)
    {
        await using var stage = new Stage();
        await stage.StartNodeAsync("site.mjs");

        var output = await stage.SucceedAsync($"timeout 30 node $SCRIPTS/socket.mjs ${origin}");

        Assert.Equal("echoed 5\nechoed 104000\nechoed 6\nclosed 1000\n", output);
    }

    [Fact]
    public async Task A_grpc_service_streams_both_ways()
    {
        await using var stage = new Stage();
        await stage.StartNodeAsync("grpc-server.mjs");

        var output = await stage.SucceedAsync("timeout 30 node $SCRIPTS/grpc-client.mjs $TLS");

        Assert.Equal("counted 500\nheard one\nheard two\nheard three\nended true\n", output);
        Assert.Contains(stage.Evidence(), static record => record.TryGetProperty("transport", out var transport) && transport.GetString() == "intercept");
    }
}
