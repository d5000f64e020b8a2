using System.Buffers;
using System.Collections.ObjectModel;
using System.Text.Json;
using Postern.Engine.Flow;
using Postern.Engine.Policy;

namespace Postern.Engine.Evidence;

/// <summary>What one actor did, counted from the records themselves, so that whoever has the records can count again.</summary>
/// <param name="first">The sequence number of the first record counted.</param>
internal sealed class SessionTally(long first)
{
    private static readonly Effect[] s_effects = [Effect.Allow, Effect.Ask, Effect.Deny, Effect.Redact];

    private readonly long[] _effects = new long[4];
    private readonly NameCounts _destinations = new();
    private readonly NameCounts _models = new();
    private readonly NameCounts _policies = new();
    private readonly NameCounts _rules = new();
    private readonly NameCounts _tools = new();
    private long _observed;
    private long _records;

    /// <summary>Bytes that were looked at.</summary>
    public long InspectedBytes { get; private set; }

    /// <summary>Bytes that passed unread.</summary>
    public long OpaqueBytes { get; private set; }

    /// <summary>The policy of the last record.</summary>
    public string PolicyHash { get; private set; } = "";

    /// <summary>Its revision.</summary>
    public long PolicyRevision { get; private set; }

    /// <summary>Counts a record. Open and span records are sums so far: of a stream's bytes only its close record counts.</summary>
    public void Add(in EvidenceDraft draft)
    {
        _records++;
        (PolicyHash, PolicyRevision) = (draft.PolicyHash, draft.PolicyRevision);
        _policies.Add(draft.PolicyHash);
        foreach (var finding in draft.Findings[..Math.Min(draft.Findings.Length, RecordEncoder.MaxFindings)])
        {
            _rules.Add(finding.Rule.Id);
        }

        if (draft.Kind is EvidenceKind.Ruling or EvidenceKind.Close)
        {
            InspectedBytes += draft.InspectedBytes;
            OpaqueBytes += draft.Effect is Effect.Allow or Effect.Redact ? draft.OpaqueBytes : 0;
        }

        if (draft.Kind != EvidenceKind.Ruling)
        {
            return;
        }

        _effects[(int)draft.Effect]++;
        _observed += draft.Observed is null ? 0 : 1;
        if (draft.Direction == Direction.Outbound)
        {
            _destinations.Add(RecordEncoder.Authority(draft.Destination));
            _models.Add(draft.Model);
            AddTool(draft.Server, draft.Tool);
        }
    }

    /// <summary>The counts as canonical JSON.</summary>
    /// <param name="pinned">By server, a hash of what is pinned of its tools; null when nothing is.</param>
    public byte[] Write(IReadOnlyDictionary<string, string>? pinned)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            Write(writer, "destinations", _destinations.All);
            Write(writer, "effects", s_effects.Select(effect => KeyValuePair.Create(EnumWords<Effect>.Of(effect), _effects[(int)effect])));
            writer.WriteNumber("first", first);
            Write(writer, "models", _models.All);
            writer.WriteNumber("observed", _observed);
            writer.WriteStartObject("pinned");
            foreach (var (server, hash) in (pinned ?? ReadOnlyDictionary<string, string>.Empty).Take(NameCounts.MaxNames))
            {
                writer.WriteString(server, hash);
            }

            writer.WriteEndObject();
            Write(writer, "policies", _policies.All);
            writer.WriteNumber("records", _records);
            Write(writer, "rules", _rules.All);
            Write(writer, "tools", _tools.All);
            writer.WriteEndObject();
        }

        var canonical = new ArrayBufferWriter<byte>();
        return CanonicalJson.TryCanonicalize(bytes.WrittenMemory, canonical)
            ? canonical.WrittenSpan.ToArray()
            : throw new InvalidOperationException("Counts by name are JSON.");
    }

    private void AddTool(string? server, string? tool)
    {
        Span<char> room = stackalloc char[(2 * RecordEncoder.MaxText) + 1];
        if (!string.IsNullOrEmpty(tool) && room.TryWrite($"{RecordEncoder.Cut(server)}/{RecordEncoder.Cut(tool)}", out var length))
        {
            _tools.Add(room[..length]);
        }
    }

    private static void Write(Utf8JsonWriter writer, string name, IEnumerable<KeyValuePair<string, long>> counts)
    {
        writer.WriteStartObject(name);
        foreach (var (key, count) in counts)
        {
            writer.WriteNumber(key, count);
        }

        writer.WriteEndObject();
    }
}
