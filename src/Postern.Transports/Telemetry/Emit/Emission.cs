using Postern.Engine.Configuration.Sections;
using Postern.Transports.Control.Approvals;
using Postern.Transports.Telemetry.Metrics;
using Postern.Transports.Telemetry.Otlp;

namespace Postern.Transports.Telemetry.Emit;

/// <summary>Everybody else who is told, as the section <c>emit</c> names them.</summary>
public sealed class Emission : IAsyncDisposable
{
    private readonly EmitPump[] _pumps;
    private readonly OtlpMetricPush? _metrics;

    /// <summary>Begins to tell every sink that has an address.</summary>
    /// <param name="settings">The section, with absolute paths.</param>
    /// <param name="instance">Who tells.</param>
    /// <param name="evidence">Where this run keeps its evidence; the sinks' marks lie there too.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="IOException">A mark cannot be read or written.</exception>
    public Emission(EmitSection settings, EmitInstance instance, string evidence, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(instance);
        _pumps = [.. SinksOf(settings, instance, time).Select(sink => new EmitPump(sink, evidence, time))];
        _metrics = settings.Otlp is { Endpoint.Length: > 0, MetricsIntervalSeconds: > 0 } ? new OtlpMetricPush(settings.Otlp, instance, time) : null;
        Sinks = [.. _pumps.Select(static pump => pump.Status), .. _metrics is null ? (ReadOnlySpan<EmitStatus>)[] : [_metrics.Status]];
    }

    /// <summary>How the sinks are doing.</summary>
    public IReadOnlyList<EmitStatus> Sinks { get; }

    /// <summary>Begins to send numbers, where that is wanted.</summary>
    public void SendMetrics(MetricSources sources) => _metrics?.Start(sources);

    /// <summary>Tells what is there, as far as the sinks take it within two seconds, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_metrics is not null)
        {
            await _metrics.DisposeAsync().ConfigureAwait(false);
        }

        await Task.WhenAll(_pumps.Select(static pump => pump.DisposeAsync().AsTask())).ConfigureAwait(false);
    }

    private static IEnumerable<IEmitSink> SinksOf(EmitSection settings, EmitInstance instance, TimeProvider time)
    {
        if (settings.Webhook is { Url.Length: > 0, Secret: { } secret })
        {
            yield return new WebhookSink(settings.Webhook, instance, new CallbackSignature(secret, time));
        }

        if (settings.Syslog.Address.Length > 0)
        {
            yield return new SyslogSink(settings.Syslog, instance);
        }

        if (settings.File.Path.Length > 0)
        {
            yield return new FileSink(settings.File, instance);
        }

        if (settings.Otlp.Endpoint.Length > 0)
        {
            yield return new OtlpLogSink(settings.Otlp, instance);
            if (settings.Otlp.Traces)
            {
                yield return new OtlpTraceSink(settings.Otlp, instance);
            }
        }
    }
}
