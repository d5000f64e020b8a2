using System.Globalization;
using System.Text;
using Postern.Engine.Detection;
using Postern.Engine.Flow;

namespace Postern.Bench.Detection;

/// <summary>Ordinary files: every blocking hit is a false alarm.</summary>
internal sealed class BenignRun(bool verbose, string name, IDetector detector, Direction direction)
{
    /// <summary>Prints the blocking hits per megabyte and per rule.</summary>
    public void Print(string[] files)
    {
        var blocking = new BlockingHits(detector, direction);
        var byRule = new SortedDictionary<string, int>(StringComparer.Ordinal);
        long bytes = 0;
        foreach (var file in files)
        {
            var content = File.ReadAllBytes(file);
            bytes += content.Length;
            foreach (var hit in blocking.In(content))
            {
                byRule[hit.Rule.Id] = byRule.GetValueOrDefault(hit.Rule.Id) + 1;
                if (verbose)
                {
                    Write($"  FALSE {Path.GetFileName(file)} {hit.Rule.Id}: {Excerpt(content, hit)}");
                }
            }
        }

        Write($"{name}: {bytes / 1e6:F2} MB, {byRule.Values.Sum()} blocking, {byRule.Values.Sum() * 1e6 / Math.Max(bytes, 1):F2} per MB");
        foreach (var (rule, count) in byRule)
        {
            Write($"  {rule}: {count}");
        }
    }

    private static string Excerpt(byte[] text, Hit hit)
    {
        var start = Math.Max(0, hit.Start - 30);
        return Encoding.UTF8.GetString(text, start, Math.Min(text.Length - start, Math.Min(hit.Length, 80) + 40)).ReplaceLineEndings("\\n");
    }

    private static void Write(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
