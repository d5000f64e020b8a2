using Microsoft.AspNetCore.Http.Features;
using Postern.Transports.Telemetry.Metrics;

namespace Postern.Transports.Http.Local;

/// <summary><c>/metrics</c>: Prometheus text, version 0.0.4, or OpenMetrics for who asks for it.</summary>
internal sealed class MetricsEndpoint(MetricSources sources) : ILocalPage
{
    /// <inheritdoc/>
    public string Path => "/metrics";

    /// <inheritdoc/>
    public ValueTask<Reply> AnswerAsync(IHttpRequestFeature request, CancellationToken cancel)
    {
        var isOpen = MetricText.IsOpen(request.Headers.Accept.ToString());
        return new(Reply.Own(200, isOpen ? MetricText.OpenType : MetricText.PlainType, MetricText.Of(MetricScrape.Take(sources), isOpen)));
    }
}
