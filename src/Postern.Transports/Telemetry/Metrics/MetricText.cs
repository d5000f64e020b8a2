using System.Globalization;
using System.Text;

namespace Postern.Transports.Telemetry.Metrics;

/// <summary>Families as text: Prometheus' own format, or OpenMetrics 1.0 for who asks for it.</summary>
internal static class MetricText
{
    /// <summary>The content type of Prometheus' own format.</summary>
    public const string PlainType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>The content type of OpenMetrics.</summary>
    public const string OpenType = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    /// <summary>True when a request's Accept field names OpenMetrics, as Prometheus' does.</summary>
    public static bool IsOpen(string accept) => accept.Contains("application/openmetrics-text", StringComparison.OrdinalIgnoreCase);

    /// <summary>The text.</summary>
    public static byte[] Of(IReadOnlyList<MetricFamily> families, bool isOpen)
    {
        var text = new StringBuilder(16 * 1024);
        foreach (var family in families)
        {
            // The two formats differ in what a counter's family is called; its samples end in _total in both.
            var sample = family.Name + (family.IsCounter ? "_total" : string.Empty);
            var name = isOpen ? family.Name : sample;
            text.Append("# HELP ").Append(name).Append(' ').Append(Escape(family.Instrument.Description ?? string.Empty)).Append('\n');
            text.Append("# TYPE ").Append(name).Append(family.IsCounter ? " counter\n" : " gauge\n");
            foreach (var one in family.Samples)
            {
                Append(text, sample, one);
            }
        }

        return Encoding.UTF8.GetBytes(text.Append(isOpen ? "# EOF\n" : string.Empty).ToString());
    }

    private static void Append(StringBuilder text, string name, MetricSample sample)
    {
        text.Append(name);
        for (var i = 0; i < sample.Labels.Length; i++)
        {
            text.Append(i == 0 ? '{' : ',').Append(sample.Labels[i].Key.Replace('.', '_')).Append("=\"").Append(Escape(sample.Labels[i].Value)).Append('"');
        }

        text.Append(sample.Labels.Length == 0 ? " " : "} ").Append(sample.Value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
    }

    private static string Escape(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
