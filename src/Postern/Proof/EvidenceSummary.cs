using System.Text.Json;
using Postern.Program.Commands;

namespace Postern.Program.Proof;

/// <summary>Records, counted.</summary>
internal sealed class EvidenceSummary
{
    private static readonly string[] s_counted = ["effect", "direction", "transport", "actor", "destination", "server", "tool", "model"];

    public long Records { get; private set; }

    public long Rulings { get; private set; }

    public long InspectedBytes { get; private set; }

    public long OpaqueBytes { get; private set; }

    public string First { get; private set; } = "";

    public string Last { get; private set; } = "";

    /// <summary>How sessions ended.</summary>
    public SessionEnds Sessions { get; } = new();

    /// <summary>Policy hashes in force, in order of appearance.</summary>
    public List<string> Policies { get; } = [];

    /// <summary>By member, how often each value came; rules by id.</summary>
    public IReadOnlyList<(string Name, Dictionary<string, long> Values)> Counts { get; } = [.. s_counted.Append("rules").Select(static name => (name, new Dictionary<string, long>(StringComparer.Ordinal)))];

    /// <summary>Counts all; the documents are disposed.</summary>
    public static EvidenceSummary Of(IEnumerable<JsonDocument> records)
    {
        var summary = new EvidenceSummary();
        foreach (var record in records)
        {
            using (record)
            {
                summary.Add(record.RootElement);
            }
        }

        return summary;
    }

    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteNumber("records", Records);
        writer.WriteNumber("rulings", Rulings);
        writer.WriteString("first", First);
        writer.WriteString("last", Last);
        writer.WriteNumber("inspected_bytes", InspectedBytes);
        writer.WriteNumber("opaque_bytes", OpaqueBytes);
        writer.WriteTexts("policies", Policies);
        writer.WriteNumber("sessions_ended", Sessions.Manifests.Count);
        writer.WriteTexts("sessions_without_end", Sessions.Unended);
        foreach (var (name, values) in Counts)
        {
            writer.WriteStartObject(name);
            foreach (var (value, count) in values.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
            {
                writer.WriteNumber(value, count);
            }

            writer.WriteEndObject();
        }
    }

    private void Add(JsonElement record)
    {
        Records++;
        Sessions.Take(record);
        Last = EvidenceLog.Text(record, "ts");
        First = First.Length == 0 ? Last : First;
        if (!EvidenceLog.IsOfTraffic(record))
        {
            return;
        }

        Rulings++;
        if (EvidenceLog.Text(record, "kind") is "ruling" or "close")
        {
            // Open and span records are sums so far.
            InspectedBytes += Number(record, "inspected");
            OpaqueBytes += EvidenceLog.Text(record, "effect") == "deny" ? 0 : Number(record, "opaque");
        }

        foreach (var (name, values) in Counts)
        {
            if (EvidenceLog.Text(record, name) is { Length: > 0 } text)
            {
                values[text] = values.GetValueOrDefault(text) + 1;
            }
        }

        if (record.TryGetProperty("findings", out var findings) && findings.ValueKind == JsonValueKind.Array)
        {
            var rules = Counts[^1].Values;
            foreach (var rule in findings.EnumerateArray().Select(static finding => EvidenceLog.Text(finding, "rule")).Distinct())
            {
                rules[rule] = rules.GetValueOrDefault(rule) + 1;
            }
        }

        if (record.TryGetProperty("policy", out var policy) && EvidenceLog.Text(policy, "hash") is { Length: > 0 } hash && !Policies.Contains(hash))
        {
            Policies.Add(hash);
        }
    }

    private static long Number(JsonElement record, string name) => record.TryGetProperty(name, out var value) && value.TryGetInt64(out var number) ? number : 0;
}
