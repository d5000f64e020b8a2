using System.Globalization;

namespace Postern.Transports.Tests.Survival;

/// <summary>An upstream that breaks HTTP: the client gets the documented answer and nothing of what could not be read.</summary>
public sealed class BadResponseTests(OneWay way) : IClassFixture<OneWay>
{
    private const string Ok = "HTTP/1.1 200 OK\r\n";

    private static readonly Dictionary<string, (string Response, int Status, string? Rule)> s_table = new()
    {
        ["length and chunks"] = (Ok + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", 502, "protocol.ambiguous-framing"),
        ["two lengths"] = (Ok + "Content-Length: 3\r\nContent-Length: 5\r\n\r\nhello", 502, "protocol.ambiguous-framing"),
        ["two equal lengths"] = (Ok + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello", 502, "protocol.ambiguous-framing"),
        ["a list of lengths"] = (Ok + "Content-Length: 5, 5\r\n\r\nhello", 502, "protocol.ambiguous-framing"),
        ["a signed length"] = (Ok + "Content-Length: +5\r\n\r\nhello", 502, "protocol.ambiguous-framing"),
        ["a length that is no number"] = (Ok + "Content-Length: five\r\n\r\nhello", 502, "protocol.ambiguous-framing"),
        ["a coding before chunked"] = (Ok + "Transfer-Encoding: gzip, chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", 502, "protocol.ambiguous-framing"),
        ["an unknown transfer coding"] = (Ok + "Transfer-Encoding: x\r\n\r\nhello", 502, "protocol.ambiguous-framing"),
        ["two types"] = (Ok + "Content-Type: image/png\r\nContent-Type: text/html\r\nContent-Length: 5\r\n\r\nhello", 502, "protocol.ambiguous-framing"),
        ["a connection that takes the type away"] = (Ok + "Connection: Content-Type\r\nContent-Type: image/png\r\nContent-Length: 5\r\n\r\nhello", 502, "protocol.ambiguous-framing"),
        ["a connection that takes a cookie away"] = (Ok + "Connection: close, set-cookie\r\nSet-Cookie: a=b\r\nContent-Length: 5\r\n\r\nhello", 502, "protocol.ambiguous-framing"),
        ["a second connection that takes the coding away"] = (Ok + "Connection: close\r\nConnection: Content-Encoding\r\nContent-Length: 5\r\n\r\nhello", 502, "protocol.ambiguous-framing"),
        ["a control in a value"] = (Ok + "X: a\u0001b\r\nContent-Length: 5\r\n\r\nhello", 502, "protocol.control-in-header"),
        ["a header without a colon"] = (Ok + "nonsense\r\nContent-Length: 5\r\n\r\nhello", 502, null),
        ["a header of 100 KB"] = (Ok + "X: " + new string('x', 100_000) + "\r\nContent-Length: 5\r\n\r\nhello", 502, null),
        ["ten thousand headers"] = (Ok + string.Concat(Enumerable.Range(0, 10_000).Select(static i => $"X{i}: y\r\n")) + "Content-Length: 5\r\n\r\nhello", 502, null),
        ["a switch of protocols nobody asked for"] = ("HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\nhello", 403, null),
        ["a status below 100"] = ("HTTP/1.1 099 Odd\r\nContent-Length: 5\r\n\r\nhello", 502, null),
        ["no status"] = ("HTTP/1.1 OK\r\nContent-Length: 5\r\n\r\nhello", 502, null),
        ["noise"] = ("SSH-2.0-OpenSSH\r\n\r\nhello", 502, null),
        ["nothing"] = (string.Empty, 502, null),
        ["an end in the head"] = (Ok + "Content-Len", 502, null),
        ["an end before the length"] = (Ok + "Content-Length: 10\r\n\r\nhello", 502, "protocol.truncated-body"),
        ["an end in a chunk"] = (Ok + "Transfer-Encoding: chunked\r\n\r\na\r\nhello", 502, "protocol.truncated-body"),
        ["an end without the last chunk"] = (Ok + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", 502, "protocol.truncated-body"),
        ["a chunk size that is no number"] = (Ok + "Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n", 502, null),
        ["a chunk longer than its size"] = (Ok + "Transfer-Encoding: chunked\r\n\r\n1\r\nhello\r\n0\r\n\r\n", 502, null),
        ["an unknown content coding"] = (Ok + "Content-Encoding: zstd\r\nContent-Length: 5\r\n\r\nhello", 403, "uninspectable.content-encoding"),
        ["three content codings"] = (Ok + "Content-Encoding: gzip, gzip, gzip\r\nContent-Length: 5\r\n\r\nhello", 403, "uninspectable.content-encoding"),
        ["a coding that is a lie"] = (Ok + "Content-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello", 403, "uninspectable.corrupt-encoding"),
    };

    public static TheoryData<string> Rows => [.. s_table.Keys];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Gets_the_documented_status_and_none_of_the_body(string name)
    {
        var (response, status, rule) = s_table[name];
        await using var upstream = RawUpstream.Saying(response);

        var answer = await way.AskAsync(upstream);

        Assert.StartsWith("HTTP/1.1 " + status.ToString(CultureInfo.InvariantCulture) + " ", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("hello", answer, StringComparison.Ordinal);
        if (rule is not null)
        {
            Assert.Contains("X-Postern-Block-Reason: " + rule, answer, StringComparison.Ordinal);
            Assert.Contains(rule, way.World.Evidence.RefusedRules);
        }
    }

    [Fact]
    public async Task A_reset_before_the_head_is_a_502()
    {
        await using var upstream = RawUpstream.Doing(static (stream, _) =>
        {
            stream.Socket.Close(0);
            return Task.CompletedTask;
        });

        Assert.StartsWith("HTTP/1.1 502 ", await way.AskAsync(upstream), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reset_in_a_long_body_never_looks_like_its_end()
    {
        await using var upstream = RawUpstream.Doing(static async (stream, cancel) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n200000\r\n"u8.ToArray(), cancel);
            await stream.WriteAsync(new byte[0x180000], cancel);
            stream.Socket.Close(0);
        });

        var answer = await way.AskAsync(upstream);

        Assert.False(answer.EndsWith("\r\n0\r\n\r\n", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_early_end_of_a_long_body_never_looks_like_its_end()
    {
        await using var upstream = RawUpstream.Doing(static async (stream, cancel) =>
        {
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2000000\r\n\r\n"u8.ToArray(), cancel);
            await stream.WriteAsync(new byte[1_500_000], cancel);
        });

        var answer = await way.AskAsync(upstream);

        Assert.Contains("Content-Length: 2000000", answer, StringComparison.Ordinal);
        Assert.True(answer.Length < 2_000_000);
    }

    [Fact]
    public async Task A_hundred_interim_answers_do_not_hide_the_final_one()
    {
        await using var upstream = RawUpstream.Saying(
            string.Concat(Enumerable.Repeat("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n", 100)) + Ok + "Content-Length: 5\r\n\r\nhello");

        var answer = await way.AskAsync(upstream);

        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\nhello", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Link", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_leaves_a_silent_upstream_frees_it()
    {
        var left = new TaskCompletionSource();
        var asked = new TaskCompletionSource();
        await using var upstream = RawUpstream.Doing(async (stream, cancel) =>
        {
            asked.SetResult();
            Assert.Equal(0, await stream.ReadAsync(new byte[1], cancel));
            left.SetResult();
        });
        var client = await way.AskedAsync(upstream);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(20));

        client.Reset();

        await left.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }
}
