using System.Net;
using Postern.Transports.Http;
using Postern.Transports.Tests.Conformance;

namespace Postern.Transports.Tests.Survival;

/// <summary>An upstream may answer before it has read the request: the bytes that are still being sent must stay what they are.</summary>
public sealed class EarlyAnswerTests
{
    [Fact]
    public async Task The_bytes_of_a_request_go_back_to_the_pool_only_when_no_write_reads_them()
    {
        var cleared = await Clearance.OfRequestAsync("the body");
        var request = new RequestRelease(cleared);
        var wire = new GatedStream();
        var sending = request.CopyToAsync(wire);

        request.Dispose();

        Assert.Equal("the body", System.Text.Encoding.ASCII.GetString(request.Message.ReleasableBody.Span));
        wire.Open();
        await sending;
        Assert.Throws<ObjectDisposedException>(() => request.Message.Memory);
    }

    [Fact]
    public async Task A_request_that_is_over_is_not_sent_again()
    {
        var request = new RequestRelease(await Clearance.OfRequestAsync("the body"));
        using var wire = new MemoryStream();
        await request.CopyToAsync(wire);
        request.Dispose();

        await Assert.ThrowsAnyAsync<Exception>(() => request.CopyToAsync(wire));
        Assert.Equal(8, wire.Length);
    }

    [Theory]
    [InlineData("forward")]
    [InlineData("intercept-h1")]
    [InlineData("intercept-h2")]
    public async Task An_answer_before_the_end_of_a_long_upload_leaves_the_house_in_order(string transport)
    {
        await using var harness = await Conformance.Transports.StartAsync(transport);
        harness.World.Upstream.AnswersFirst = true;
        harness.World.Upstream.Answer = static (features, _) => Upstream.Text(features, "enough", status: 413);
        for (var i = 0; i < 3; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "upload")
            {
                Content = new ByteArrayContent(new byte[4 * 1024 * 1024]),
                Version = harness.Client.DefaultRequestVersion,
                VersionPolicy = harness.Client.DefaultVersionPolicy,
            };
            try
            {
                using var response = await harness.Client.SendAsync(request);
                Assert.Contains(response.StatusCode, new[] { HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.BadGateway });
            }
            catch (HttpRequestException)
            {
                // A server that stops reading may be seen as one that hung up.
            }
        }

        harness.World.Upstream.AnswersFirst = false;
        harness.World.Upstream.Answer = static (features, _) => Upstream.Text(features, "ok");
        Assert.Equal(HttpStatusCode.OK, (await harness.Client.GetAsync("after")).StatusCode);
    }
}
