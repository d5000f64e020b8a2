using System.Globalization;
using System.Text;
using System.Text.Json;
using Postern.Engine.Detection;
using Postern.Engine.Flow;

namespace Postern.Bench.Detection;

/// <summary>Labelled specimens: rows whose label is weak, or that need their context, are counted apart and nowhere else.</summary>
internal sealed class LabelledRun(bool verbose, string positive, IDetector detector, Direction direction)
{
    private static readonly string[] s_apart = ["weak_label", "context_only"];

    /// <summary>Prints recall, precision and one line per source.</summary>
    public void Print(string file)
    {
        var blocking = new BlockingHits(detector, direction);
        var (found, missed, falseAlarms, silent) = (0, 0, 0, 0);
        var bySource = new SortedDictionary<string, (int Hit, int All)>(StringComparer.Ordinal);
        foreach (var line in File.ReadLines(file))
        {
            using var document = JsonDocument.Parse(line);
            var row = document.RootElement;
            var text = row.GetProperty("text").GetString()!;
            var hit = blocking.In(Encoding.UTF8.GetBytes(text)).Select(static h => h.Rule.Id).FirstOrDefault();
            var apart = string.Concat(s_apart.Where(name => row.TryGetProperty(name, out _)).Select(static name => " " + name));
            var label = row.GetProperty("label").GetString()!;
            var key = $"{label} {row.GetProperty("source").GetString()}{apart}";
            var sum = bySource.GetValueOrDefault(key);
            bySource[key] = (sum.Hit + (hit is null ? 0 : 1), sum.All + 1);
            if (apart.Length > 0)
            {
                continue;
            }

            _ = (label == positive, hit is not null) switch { (true, true) => found++, (true, false) => missed++, (false, true) => falseAlarms++, _ => silent++ };
            if (verbose && (label == positive) != (hit is not null))
            {
                Write($"  {(hit is null ? "MISS" : "FALSE")} {key} {hit}: {text[..Math.Min(160, text.Length)].ReplaceLineEndings("\\n")}");
            }
        }

        Write($"{Path.GetFileName(file)}: recall {100.0 * found / (found + missed):F1} %, precision {100.0 * found / (found + falseAlarms):F1} %, false alarms {100.0 * falseAlarms / (falseAlarms + silent):F1} %");
        foreach (var (key, (hit, all)) in bySource)
        {
            Write($"  {key}: {hit} of {all}");
        }
    }

    private static void Write(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
