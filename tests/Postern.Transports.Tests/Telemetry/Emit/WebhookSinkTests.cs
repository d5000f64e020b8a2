using System.Globalization;
using Postern.Engine.Configuration;
using Postern.Engine.Configuration.Sections;
using Postern.Engine.Policy;
using Postern.Transports.Control.Approvals;
using Postern.Transports.Telemetry.Emit;
using Postern.Transports.Tests.Evidence;

namespace Postern.Transports.Tests.Telemetry.Emit;

public sealed class WebhookSinkTests
{
    private static readonly SecretText s_secret = new("0123456789abcdef0");

    [Fact]
    public async Task Events_come_signed_in_one_request_and_say_what_the_log_says()
    {
        using var receiver = new HttpReceiver();
        using var sink = Sink(receiver, static settings => settings with { AuthToken = new SecretText("token-token-token") });
        var events = await Told.OfAsync(Told.Refusal, Told.Refusal);

        Assert.Equal(0, await sink.TellAsync(events, CancellationToken.None));

        var delivery = await receiver.NextAsync();
        var last = long.Parse(delivery.Headers[WebhookSink.DeliveryHeader]!, CultureInfo.InvariantCulture);
        Assert.Equal(events[^1].Record.Id.Sequence, last);
        var signature = delivery.Headers[CallbackSignature.Header]!;
        Assert.True(new CallbackSignature(s_secret, TimeProvider.System).IsRight(signature, last, delivery.Body));
        Assert.False(new CallbackSignature(s_secret, TimeProvider.System).IsRight(signature, last, [.. delivery.Body, 0]));
        Assert.Equal("Bearer token-token-token", delivery.Headers["Authorization"]);
        Assert.Equal("gateway-1", delivery.Json.GetProperty("instance").GetString());
        Assert.Equal(2, delivery.Json.GetProperty("events").GetArrayLength());
        var told = delivery.Json.GetProperty("events")[0];
        Assert.Equal(
            ("request_blocked", "critical", "block", "https://api.example.com:443"),
            (told.GetProperty("event").GetString(), told.GetProperty("severity").GetString(), told.GetProperty("effect").GetString(), told.GetProperty("destination").GetString()));
        Assert.Contains("T1528", told.GetProperty("techniques").EnumerateArray().Select(static one => one.GetString()));
    }

    [Theory]
    [InlineData(500, false)]
    [InlineData(503, false)]
    [InlineData(429, false)]
    [InlineData(401, false)]
    [InlineData(302, false)]
    [InlineData(400, true)]
    [InlineData(413, true)]
    [InlineData(422, true)]
    public async Task Another_try_is_worth_it_unless_the_receiver_says_that_the_body_is_wrong(int status, bool isFinal)
    {
        using var receiver = new HttpReceiver { Answer = _ => (status, "") };
        using var sink = Sink(receiver);
        var events = await Told.OfAsync(Told.Refusal);
        var failure = await Assert.ThrowsAnyAsync<Exception>(async () => await sink.TellAsync(events, CancellationToken.None));
        Assert.Equal(isFinal ? typeof(EmitRefusedException) : typeof(IOException), failure.GetType());
        Assert.Equal("/", (await receiver.NextAsync()).Path);
    }

    [Fact]
    public async Task Nobody_there_is_worth_another_try_and_the_message_holds_no_address()
    {
        var receiver = new HttpReceiver();
        using var sink = Sink(receiver);
        receiver.Dispose();
        var failure = await Assert.ThrowsAsync<IOException>(async () => await sink.TellAsync(await Told.OfAsync(Told.Refusal), CancellationToken.None));
        Assert.DoesNotContain("127.0.0.1", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Urgency.Info, true, true, true)]
    [InlineData(Urgency.Warn, false, false, true)]
    [InlineData(Urgency.Critical, false, false, true)]
    public async Task Only_what_is_worth_it_is_sent(Urgency least, bool notice, bool allowed, bool refused)
    {
        using var receiver = new HttpReceiver();
        using var sink = Sink(receiver, settings => settings with { MinSeverity = least });
        var events = await Told.OfAsync(Told.Notice, Told.Request, Told.Refusal);
        Assert.Equal([notice, allowed, refused], events.Select(sink.Wants));
    }

    [Fact]
    public async Task Ocsf_has_detections_with_techniques_and_no_notices()
    {
        using var receiver = new HttpReceiver();
        using var sink = Sink(receiver, static settings => settings with { Format = EmitFormat.Ocsf, MinSeverity = Urgency.Info });
        var events = await Told.OfAsync(Told.Notice, Told.Refusal);
        Assert.Equal([false, true], events.Select(sink.Wants));
        await sink.TellAsync(events[1..], CancellationToken.None);
        var told = (await receiver.NextAsync()).Json.GetProperty("events")[0];
        Assert.Equal((2004, 5), (told.GetProperty("class_uid").GetInt32(), told.GetProperty("severity_id").GetInt32()));
        Assert.Equal("T1552", told.GetProperty("attacks")[0].GetProperty("technique").GetProperty("uid").GetString());
    }

    /// <summary>Over the whole way: recorder, pump, sink, and a receiver that fails on purpose.</summary>
    [Fact]
    public async Task A_receiver_that_failed_is_told_every_refusal_after_it_recovered_and_those_it_took_once()
    {
        var isDown = true;
        using var receiver = new HttpReceiver { Answer = _ => (isDown ? 503 : 200, "") };
        using var folder = new TemporaryFolder();
        await using var recorder = folder.Open();
        await using var pump = new EmitPump(Sink(receiver), folder.Evidence, new HurriedTime());
        var kept = new List<string>();
        for (var i = 0; i < 20; i++)
        {
            kept.Add((await Told.Refusal(recorder)).ToString());
            await Told.Request(recorder);
        }

        await receiver.NextAsync();
        await receiver.NextAsync();
        isDown = false;
        var taken = new List<string>();
        while (taken.Count < kept.Count)
        {
            var delivery = await receiver.NextAsync();
            taken.AddRange(delivery.Status == 200 ? delivery.Json.GetProperty("events").EnumerateArray().Select(static one => one.GetProperty("evidence").GetString()!) : []);
        }

        Assert.Equal(kept, taken);
    }

    private static WebhookSink Sink(HttpReceiver receiver, Func<EmitWebhookSection, EmitWebhookSection>? adjust = null)
    {
        var settings = new EmitWebhookSection { Url = receiver.Url + "/", Secret = s_secret };
        return new WebhookSink((adjust ?? (static same => same))(settings), Told.Instance, new CallbackSignature(s_secret, TimeProvider.System));
    }
}
