using System.Diagnostics.Metrics;

namespace Postern.Transports.Telemetry.Metrics;

/// <summary>Everything one instrument says now.</summary>
/// <param name="instrument">The instrument.</param>
internal sealed class MetricFamily(Instrument instrument)
{
    // The runtime declares these as sums that only grow, which they do not.
    private static readonly string[] s_levels = ["dotnet.thread_pool.thread.count", "dotnet.thread_pool.queue.length"];

    /// <summary>Name, unit and description as OpenTelemetry knows them.</summary>
    public Instrument Instrument => instrument;

    /// <summary>True for what only grows.</summary>
    public bool IsCounter { get; } = Array.IndexOf(s_levels, instrument.Name) < 0
        && instrument is ObservableCounter<long> or ObservableCounter<double> or ObservableCounter<int>;

    /// <summary>The numbers.</summary>
    public List<MetricSample> Samples { get; } = [];

    /// <summary>The name as Prometheus has it, without the <c>_total</c> of counters: the unit stands at its end.</summary>
    public string Name { get; } = NameOf(instrument);

    private static string NameOf(Instrument instrument)
    {
        // Prometheus keeps "_count" for histograms.
        var name = instrument.Name.EndsWith(".count", StringComparison.Ordinal) ? instrument.Name[..^".count".Length] + "s" : instrument.Name;
        name = name.Replace('.', '_');
        return instrument.Unit switch
        {
            "By" => name + "_bytes",
            "s" => name + "_seconds",
            _ => name,
        };
    }
}
