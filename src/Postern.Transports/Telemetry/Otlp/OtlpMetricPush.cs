using System.Globalization;
using System.Text.Json;
using Postern.Engine.Configuration.Sections;
using Postern.Transports.Telemetry.Emit;
using Postern.Transports.Telemetry.Metrics;

namespace Postern.Transports.Telemetry.Otlp;

/// <summary>Sends the numbers to a collector, as often as configured. Sums go on from the start, so a time that was missed is in the next.</summary>
internal sealed class OtlpMetricPush(EmitOtlpSection settings, EmitInstance instance, TimeProvider time) : IAsyncDisposable
{
    private const int Cumulative = 2;

    private readonly OtlpClient _client = new(settings, OtlpSignal.Metrics);
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    /// <summary>How it goes.</summary>
    public EmitStatus Status { get; } = new("otlp_metrics", static () => 0);

    /// <summary>Begins to send.</summary>
    public void Start(MetricSources sources) => _running = RunAsync(sources);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _client.Dispose();
        _stop.Dispose();
    }

    internal static ReadOnlyMemory<byte> Document(IReadOnlyList<MetricFamily> families, EmitInstance instance, OtlpPeriod period) => OtlpDocument.Of(OtlpSignal.Metrics, instance, json =>
    {
        foreach (var family in families)
        {
            Write(json, family, period);
        }
    });

    private async Task RunAsync(MetricSources sources)
    {
        var start = time.GetUtcNow();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(settings.MetricsIntervalSeconds), time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
            {
                await SendAsync(sources, new OtlpPeriod(start, time.GetUtcNow())).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The end of the program.
        }
    }

    private async Task SendAsync(MetricSources sources, OtlpPeriod period)
    {
        try
        {
            var families = MetricScrape.Take(sources);
            Status.LeftOut(await _client.SendAsync(Document(families, instance, period), _stop.Token).ConfigureAwait(false));
            Status.Took(families.Count, period.End);
        }
        catch (Exception broken) when (broken is IOException or EmitRefusedException)
        {
            Status.Failed(broken.Message);
        }
    }

    private static void Write(Utf8JsonWriter json, MetricFamily family, OtlpPeriod period)
    {
        json.WriteStartObject();
        json.WriteString("name", family.Instrument.Name);
        json.WriteString("description", family.Instrument.Description);
        json.WriteString("unit", family.Instrument.Unit ?? "1");
        json.WriteStartObject(family.IsCounter ? "sum" : "gauge");
        if (family.IsCounter)
        {
            json.WriteNumber("aggregationTemporality", Cumulative);
            json.WriteBoolean("isMonotonic", true);
        }

        json.WriteStartArray("dataPoints");
        foreach (var sample in family.Samples)
        {
            json.WriteStartObject();
            json.WriteStartArray("attributes");
            foreach (var (name, value) in sample.Labels)
            {
                OtlpDocument.Attribute(json, name, value);
            }

            json.WriteEndArray();
            json.WriteString("startTimeUnixNano", OtlpDocument.Nanoseconds(period.Start));
            json.WriteString("timeUnixNano", OtlpDocument.Nanoseconds(period.End));
            if (double.IsInteger(sample.Value))
            {
                json.WriteString("asInt", sample.Value.ToString("F0", CultureInfo.InvariantCulture));
            }
            else
            {
                json.WriteNumber("asDouble", sample.Value);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
