using System.Text.Json;
using Postern.Program.Scanning.Files;

namespace Postern.Program.Scanning.Reports;

/// <summary>Findings that were there when a project began to be scanned; each covers as many as it counted, wherever in its file they now stand.</summary>
internal sealed class Baseline
{
    private const int MaxFileBytes = 16 * 1024 * 1024;

    private readonly Dictionary<(string File, string Rule, string Tag), int> _known = [];

    /// <summary>Reads a file that <see cref="Write"/> wrote.</summary>
    /// <exception cref="ConfigException">It cannot be read as one.</exception>
    public static Baseline Read(string path)
    {
        try
        {
            if (new FileInfo(path).Length > MaxFileBytes)
            {
                throw new ConfigException($"{path}: longer than {MaxFileBytes} bytes");
            }

            var baseline = new Baseline();
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            foreach (var entry in document.RootElement.GetProperty("findings").EnumerateArray())
            {
                var key = (entry.GetProperty("file").GetString()!, entry.GetProperty("rule").GetString()!, entry.GetProperty("tag").GetString()!);
                baseline._known[key] = entry.GetProperty("count").GetInt32();
            }

            return baseline;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new ConfigException($"{path}: not a baseline; --write-baseline makes one");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigException($"{path}: cannot be read: {e.Message}");
        }
    }

    /// <summary>Marks in <paramref name="report"/> what is known.</summary>
    public void Accept(ScanReport report)
    {
        for (var i = 0; i < report.Findings.Count; i++)
        {
            var finding = report.Findings[i];
            var key = KeyOf(finding);
            if (finding.IsObjection && _known.GetValueOrDefault(key) is > 0 and var left)
            {
                _known[key] = left - 1;
                report.Findings[i] = finding with { AcceptedBy = "baseline", Reason = "known before" };
            }
        }
    }

    /// <summary>Writes what would be refused now.</summary>
    public static void Write(ScanReport report, string path)
    {
        using var stream = File.Create(path);
        using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        writer.WriteStartObject();
        writer.WriteArray("findings", report.Findings.Where(static finding => finding.IsObjection).CountBy(KeyOf), static (to, entry) =>
        {
            to.WriteString("file", entry.Key.File);
            to.WriteString("rule", entry.Key.Rule);
            to.WriteString("tag", entry.Key.Tag);
            to.WriteNumber("count", entry.Value);
        });
        writer.WriteEndObject();
    }

    private static (string File, string Rule, string Tag) KeyOf(FileFinding finding) => (finding.Path, finding.Finding.Rule.Id, finding.Tag);
}
