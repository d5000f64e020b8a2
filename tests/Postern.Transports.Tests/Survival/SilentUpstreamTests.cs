using System.Diagnostics;
using System.Text;
using Postern.Transports.Http;
using Postern.Transports.Tests.Conformance;

namespace Postern.Transports.Tests.Survival;

/// <summary>An upstream that stalls costs the client no more than the documented wait, and never looks like one that finished.</summary>
public sealed class SilentUpstreamTests : IAsyncLifetime
{
    private static readonly TimeSpan s_wait = TimeSpan.FromMilliseconds(400);
    private World _world = null!;

    public async ValueTask InitializeAsync() => _world = await World.StartAsync(
        await Upstream.StartAsync(), static settings => settings with { Patience = new UpstreamPatience { Head = s_wait, Idle = s_wait } });

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Ty")]
    [InlineData("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 40\r\nContent-Encoding: deflate\r\n\r\nx")]
    public async Task Silence_before_anything_left_is_a_504(string said)
    {
        await using var upstream = Stalling(said);
        var began = Stopwatch.GetTimestamp();

        var answer = await AskAsync(upstream, "GET", "");

        Assert.StartsWith("HTTP/1.1 504 ", answer, StringComparison.Ordinal);
        Assert.Contains("\"title\":\"Upstream silent\"", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("hello", answer, StringComparison.Ordinal);
        Assert.InRange(Stopwatch.GetElapsedTime(began), s_wait * 0.9, TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData("text/event-stream", "data: one\n\n")]
    [InlineData("application/x-ndjson", "{\"one\":1}\n")]
    [InlineData("text/plain", "one")]
    public async Task Silence_in_a_stream_cuts_it(string type, string piece)
    {
        await using var upstream = Stalling($"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\nTransfer-Encoding: chunked\r\n\r\n{piece.Length:x}\r\n{piece}\r\n");

        var answer = await AskAsync(upstream, "GET", "");

        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        Assert.Contains("one", answer, StringComparison.Ordinal);
        Assert.False(answer.EndsWith("\r\n0\r\n\r\n", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_steady_drip_is_not_silence()
    {
        await using var upstream = RawUpstream.Doing(static async (stream, cancel) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"u8.ToArray(), cancel);
            using var beat = new PeriodicTimer(s_wait / 4);
            for (var i = 0; i < 8 && await beat.WaitForNextTickAsync(cancel); i++)
            {
                await stream.WriteAsync("data: one\n\n"u8.ToArray(), cancel);
            }
        });

        var answer = await AskAsync(upstream, "GET", "");

        Assert.EndsWith("\r\n0\r\n\r\n", answer, StringComparison.Ordinal);
        Assert.Equal(9, answer.Split("data: one").Length);
    }

    [Fact]
    public async Task A_long_upload_that_moves_is_not_silence_and_one_that_nobody_takes_is()
    {
        const int Length = 32 * 1024 * 1024;
        await using var slow = RawUpstream.Doing(static async (stream, cancel) =>
        {
            // The socket buffers must be empty soon after the last piece, so it takes much, often.
            using var beat = new PeriodicTimer(s_wait / 16);
            var buffer = new byte[Length / 32];
            for (var taken = 0; taken < Length; taken += buffer.Length)
            {
                await stream.ReadExactlyAsync(buffer, cancel);
                await beat.WaitForNextTickAsync(cancel);
            }

            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"u8.ToArray(), cancel);
        });
        await using var deaf = Stalling("");

        Assert.StartsWith("HTTP/1.1 200 ", await UploadAsync(slow, Length), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 504 ", await UploadAsync(deaf, Length), StringComparison.Ordinal);
    }

    private static RawUpstream Stalling(string said) => RawUpstream.Doing(async (stream, cancel) =>
    {
        await stream.WriteAsync(Encoding.Latin1.GetBytes(said), cancel);
        await Task.Delay(Timeout.Infinite, cancel);
    });

    private async Task<string> UploadAsync(RawUpstream upstream, int length)
    {
        await using var client = await RawClient.ConnectAsync(_world.Address);
        await client.SendAsync(Head(upstream, "POST", $"Content-Length: {length}\r\nContent-Type: text/plain\r\n"));
        var sending = SendAsync(client, length);
        var answer = await client.ReadHeadAsync();
        client.Reset();
        await sending;
        return answer;
    }

    private static async Task SendAsync(RawClient client, int length)
    {
        var line = new string('x', 63) + "\n";
        var chunk = string.Concat(Enumerable.Repeat(line, 1024));
        try
        {
            for (var sent = 0; sent < length; sent += chunk.Length)
            {
                await client.SendAsync(chunk);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or System.Net.Sockets.SocketException)
        {
            // Answered while it was being sent.
        }
    }

    private async Task<string> AskAsync(RawUpstream upstream, string method, string headers)
    {
        await using var client = await RawClient.ConnectAsync(_world.Address);
        await client.SendAsync(Head(upstream, method, headers));
        return await client.ReadToEndAsync();
    }

    private static string Head(RawUpstream upstream, string method, string headers) =>
        $"{method} http://raw.test:{upstream.Port}/x HTTP/1.1\r\nHost: raw.test:{upstream.Port}\r\n{headers}Connection: close\r\n\r\n";
}
