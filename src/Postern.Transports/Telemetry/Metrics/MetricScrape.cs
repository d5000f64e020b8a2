using System.Diagnostics.Metrics;

namespace Postern.Transports.Telemetry.Metrics;

/// <summary>Reads Postern's instruments and those of the runtime, as they stand now.</summary>
internal static class MetricScrape
{
    private const string Runtime = "System.Runtime";

    /// <summary>Every family that has something to say, in the order in which they were declared.</summary>
    public static IReadOnlyList<MetricFamily> Take(MetricSources from)
    {
        var families = new List<MetricFamily>();
        using var own = new PosternInstruments(from);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            // Instruments of the runtime that count as they go would start at zero with every scrape.
            if (own.Owns(instrument) || (instrument.Meter.Name == Runtime && instrument.IsObservable))
            {
                var family = new MetricFamily(instrument);
                families.Add(family);
                self.EnableMeasurementEvents(instrument, family);
            }
        };
        listener.SetMeasurementEventCallback<long>(static (_, value, tags, family) => Add(family, tags, value));
        listener.SetMeasurementEventCallback<int>(static (_, value, tags, family) => Add(family, tags, value));
        listener.SetMeasurementEventCallback<double>(static (_, value, tags, family) => Add(family, tags, value));
        listener.Start();
        listener.RecordObservableInstruments();
        return families;
    }

    private static void Add(object? family, ReadOnlySpan<KeyValuePair<string, object?>> tags, double value)
    {
        var labels = new KeyValuePair<string, string>[tags.Length];
        for (var i = 0; i < tags.Length; i++)
        {
            labels[i] = new(tags[i].Key, tags[i].Value?.ToString() ?? string.Empty);
        }

        ((MetricFamily)family!).Samples.Add(new MetricSample(labels, value));
    }
}
