using System.Text.Json;
using Postern.Engine.Configuration;
using Postern.Engine.Configuration.Sections;
using Postern.Transports.Telemetry.Otlp;
using Postern.Transports.Tests.Telemetry.Emit;

namespace Postern.Transports.Tests.Telemetry.Otlp;

public sealed class OtlpSinkTests
{
    [Fact]
    public async Task A_refusal_arrives_as_a_log_record_that_a_collector_decodes()
    {
        using var receiver = new HttpReceiver();
        using var sink = new OtlpLogSink(Settings(receiver), Told.Instance);
        var events = await Told.OfAsync(Told.Refusal);

        Assert.Equal(0, await sink.TellAsync(events, CancellationToken.None));

        var delivery = await receiver.NextAsync();
        Assert.Equal(("/v1/logs", "application/json", "0123456789abcdef"), (delivery.Path, delivery.ContentType, delivery.Headers["api-key"]));
        var resource = OtlpSchema.Decode("ExportLogsServiceRequest", delivery.Body).GetProperty("resourceLogs")[0];
        Assert.Equal("gateway-1", Attribute(resource.GetProperty("resource"), "service.instance.id").GetProperty("stringValue").GetString());
        var record = resource.GetProperty("scopeLogs")[0].GetProperty("logRecords")[0];
        Assert.Equal((17, "postern.request_blocked"), (record.GetProperty("severityNumber").GetInt32(), record.GetProperty("eventName").GetString()));
        Assert.Equal(events[0].Record.Time.ToUnixTimeMilliseconds(), long.Parse(record.GetProperty("timeUnixNano").GetString()!, null) / 1_000_000);
        Assert.Equal("secret.aws.access-key-id", Attribute(record, "rules").GetProperty("arrayValue").GetProperty("values")[0].GetProperty("stringValue").GetString());
    }

    [Theory]
    [InlineData("""{"partialSuccess":{"rejectedLogRecords":"1","errorMessage":"too long"}}""", 1)]
    [InlineData("""{"partialSuccess":{}}""", 0)]
    [InlineData("", 0)]
    [InlineData("OK", 0)]
    public async Task What_a_collector_left_out_is_counted_and_not_sent_again(string answer, int left)
    {
        using var receiver = new HttpReceiver { Answer = _ => (200, answer) };
        using var sink = new OtlpLogSink(Settings(receiver), Told.Instance);
        Assert.Equal(left, await sink.TellAsync(await Told.OfAsync(Told.Refusal), CancellationToken.None));
    }

    [Fact]
    public async Task An_exchange_is_one_span_of_the_trace_its_request_named()
    {
        using var receiver = new HttpReceiver();
        using var sink = new OtlpTraceSink(Settings(receiver), Told.Instance);
        var events = await Told.OfAsync(Told.Request, Told.Response);
        await sink.TellAsync(events[..1], CancellationToken.None);
        await sink.TellAsync(events[1..], CancellationToken.None);

        var delivery = await receiver.NextAsync();
        Assert.Equal("/v1/traces", delivery.Path);
        var span = Assert.Single(SpansOf(delivery));
        Assert.Equal((Told.TraceId, Told.ParentId, "POST"), (Text(span, "traceId"), Text(span, "parentSpanId"), Text(span, "name")));
        Assert.NotEqual(Told.ParentId, Text(span, "spanId"));
        Assert.Equal("api.example.com", Attribute(span, "server.address").GetProperty("stringValue").GetString());
        Assert.False(span.GetProperty("status").TryGetProperty("code", out _));
    }

    [Fact]
    public async Task A_refusal_ends_its_span_with_an_error_and_another_attempt_makes_no_other_span()
    {
        var isDown = true;
        using var receiver = new HttpReceiver { Answer = _ => (isDown ? 503 : 200, "") };
        using var sink = new OtlpTraceSink(Settings(receiver), Told.Instance);
        var events = await Told.OfAsync(Told.Refusal);
        await Assert.ThrowsAsync<IOException>(async () => await sink.TellAsync(events, CancellationToken.None));
        isDown = false;
        await sink.TellAsync(events, CancellationToken.None);

        var spans = new[] { await receiver.NextAsync(), await receiver.NextAsync() }.Select(static delivery => Assert.Single(SpansOf(delivery))).ToArray();
        Assert.Equal(Text(spans[0], "spanId"), Text(spans[1], "spanId"));
        Assert.Equal(2, spans[1].GetProperty("status").GetProperty("code").GetInt32());
        Assert.False(spans[1].TryGetProperty("parentSpanId", out _));
    }

    [Fact]
    public async Task Exchanges_of_two_runs_are_two_spans_although_they_have_one_number()
    {
        var first = (await Told.OfAsync(Told.Refusal))[0];
        var again = new Postern.Transports.Telemetry.Emit.EmitEvent(first.Record, first.Run + 1);
        Assert.NotEqual(SpanIdentity.Of(first).SpanId, SpanIdentity.Of(again).SpanId);
    }

    internal static EmitOtlpSection Settings(HttpReceiver receiver) => new() { Endpoint = receiver.Url, Headers = [new SecretText("api-key:0123456789abcdef")], Traces = true, MetricsIntervalSeconds = 1 };

    internal static JsonElement Attribute(JsonElement of, string key) =>
        of.GetProperty("attributes").EnumerateArray().Single(one => one.GetProperty("key").GetString() == key).GetProperty("value");

    private static string? Text(JsonElement of, string name) => of.GetProperty(name).GetString();

    private static IEnumerable<JsonElement> SpansOf(Delivery delivery) => OtlpSchema.Decode("ExportTraceServiceRequest", delivery.Body)
        .GetProperty("resourceSpans").EnumerateArray().SelectMany(static one => one.GetProperty("scopeSpans").EnumerateArray()).SelectMany(static one => one.GetProperty("spans").EnumerateArray());
}
