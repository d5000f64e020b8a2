using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace Postern.Transports.Tests.Conformance;

/// <summary>The kill switch in the middle of an exchange: what waits gets its answer at once, what runs is cut.</summary>
public sealed class HaltTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    [Theory]
    [MemberData(nameof(Transports.Dialing), MemberType = typeof(Transports))]
    public async Task Who_waits_for_the_world_hears_of_it(string transport)
    {
        await using var harness = await Transports.StartAsync(transport);
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        harness.World.Upstream.Answer = async (_, gone) =>
        {
            await using var end = gone.Register(() => left.TrySetResult());
            reached.TrySetResult();
            await left.Task;
        };
        var asked = harness.Client.GetAsync("slow", TestContext.Current.CancellationToken);
        await reached.Task.WaitAsync(s_patience, TestContext.Current.CancellationToken);

        harness.World.Switch.Halt();

        using var answer = await asked.WaitAsync(s_patience, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal("operation.halted", Assert.Single(answer.Headers.GetValues("X-Postern-Block-Reason")));
        await left.Task.WaitAsync(s_patience, TestContext.Current.CancellationToken);
    }

    [Theory]
    [MemberData(nameof(Transports.Uploading), MemberType = typeof(Transports))]
    public async Task Who_waits_for_a_person_hears_of_it_and_a_late_yes_is_worth_nothing(string transport)
    {
        await using var harness = await Transports.StartAsync(transport);
        harness.World.Policies.Swap(TestPolicies.Default("request_body_scanning: { action: ask }"), "asking");
        var thinking = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        (harness.World.Switch.Thinking, harness.World.Switch.Approves) = (thinking.Task, true);
        var asked = harness.Client.PostAsync("note", new StringContent("password=Xk29fjw0qLmz81Qp", Encoding.UTF8, "text/plain"), TestContext.Current.CancellationToken);
        await harness.World.Switch.Asked.WaitAsync(s_patience, TestContext.Current.CancellationToken);

        harness.World.Switch.Halt();
        thinking.SetResult();

        using var answer = await asked.WaitAsync(s_patience, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Empty(harness.World.Upstream.Requests);
    }

    [Theory]
    [MemberData(nameof(Transports.Uploading), MemberType = typeof(Transports))]
    public async Task A_yes_lets_pass_over_http_too(string transport)
    {
        await using var harness = await Transports.StartAsync(transport);
        harness.World.Policies.Swap(TestPolicies.Default("request_body_scanning: { action: ask }"), "asking");
        harness.World.Switch.Approves = true;

        using var answer = await harness.Client.PostAsync("note", new StringContent("password=Xk29fjw0qLmz81Qp", Encoding.UTF8, "text/plain"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("password=Xk29fjw0qLmz81Qp", Assert.Single(harness.World.Upstream.Requests).Body);
    }

    [Theory]
    [MemberData(nameof(Transports.Streaming), MemberType = typeof(Transports))]
    public async Task A_body_is_cut_although_nobody_reads_it(string transport)
    {
        await using var harness = await Transports.StartAsync(transport);
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        harness.World.Upstream.Answer = async (features, gone) =>
        {
            features.GetRequiredFeature<IHttpResponseFeature>().Headers.ContentType = "application/octet-stream";
            var body = features.GetRequiredFeature<IHttpResponseBodyFeature>().Writer;
            var piece = new byte[256 * 1024];
            try
            {
                while (!gone.IsCancellationRequested)
                {
                    await body.WriteAsync(piece, gone);

                    // Writing to nobody ends at once: without this, a few of these loops would keep the threads that tell them to end.
                    await Task.Yield();
                }
            }
            finally
            {
                // However it learns that nobody listens any more: a write may fail before the token says so.
                left.TrySetResult();
            }
        };
        using var answer = await harness.Client.GetAsync("endless", HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        await using var body = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);

        harness.World.Switch.Halt();

        await left.Task.WaitAsync(s_patience, TestContext.Current.CancellationToken);
        await Assert.ThrowsAnyAsync<IOException>(() => body.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken));
    }
}
