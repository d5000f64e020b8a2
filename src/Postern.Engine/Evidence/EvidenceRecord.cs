using System.Globalization;
using System.Text;
using System.Text.Json;
using Postern.Engine.Detection;
using Postern.Engine.Flow;
using Postern.Engine.Policy;

namespace Postern.Engine.Evidence;

/// <summary>A line of evidence, read back for whoever tells others about it. Nothing is verified; <c>EvidenceVerifier</c> does that.</summary>
public sealed class EvidenceRecord
{
    private static readonly Acceptance[] s_acceptances = Enum.GetValues<Acceptance>();

    private readonly JsonElement _line;
    private readonly Finding[] _findings;

    private EvidenceRecord(JsonElement line)
    {
        _line = line;
        Kind = WordOf<EvidenceKind>("kind");
        Id = new EvidenceId(uint.Parse(Text("chain"), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture), Count("seq"));
        Time = DateTimeOffset.Parse(Text("ts"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        _findings = line.TryGetProperty("findings", out var findings) ? [.. findings.EnumerateArray().Select(FindingOf)] : [];
    }

    /// <summary>Which record.</summary>
    public EvidenceId Id { get; }

    /// <summary>When it was kept, by the writer's clock.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>What happened.</summary>
    public EvidenceKind Kind { get; }

    /// <summary>True for the record that a run of Postern goes on with a chain by.</summary>
    public bool IsStart => Kind == EvidenceKind.Event && Text("transport") == EvidenceFormat.RecorderTransport && Text("note").StartsWith(EvidenceFormat.ResumedNote, StringComparison.Ordinal);

    /// <summary>The exchange's number, unique within one run of Postern.</summary>
    public string Exchange => Text("exchange");

    /// <summary>The trace that the request named; empty for none.</summary>
    public string Trace => Text("trace") is var trace && TraceContext.IsSound(trace) ? trace : string.Empty;

    /// <summary>The members as they are written.</summary>
    public JsonElement Line => _line;

    /// <summary>What was asked to be recorded, as far as the record holds it: rules have their ids as titles, and no remedies.</summary>
    public EvidenceDraft Draft => new()
    {
        Kind = Kind,
        Actor = Text("actor"),
        Exchange = ulong.Parse(Exchange, NumberStyles.None, CultureInfo.InvariantCulture),
        Transport = Text("transport"),
        Direction = WordOf<Direction>("direction"),
        Message = WordOf<MessageKind>("message"),
        Method = Encoding.ASCII.GetBytes(Text("method")),
        Destination = Encoding.ASCII.GetBytes(Text("destination")),
        Effect = WordOf<Effect>("effect"),
        Observed = _line.TryGetProperty("observed", out _) ? WordOf<Effect>("observed") : null,
        Grant = Text("grant"),
        Findings = _findings,
        PolicyRevision = _line.GetProperty("policy").GetProperty("revision").GetInt64(),
        PolicyHash = Text(_line.GetProperty("policy"), "hash"),
        InspectedBytes = Count("inspected"),
        OpaqueBytes = Count("opaque"),
        Pieces = Count("pieces"),
        Trace = Trace,
        Server = Text("server"),
        Tool = Text("tool"),
        Model = Text("model"),
        Note = Text("note"),
    };

    /// <summary>Reads a line without its line feed; null for a header, a checkpoint, and what is no record of version 1.</summary>
    public static EvidenceRecord? Read(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var parsed = JsonDocument.Parse(line);
            return Text(parsed.RootElement, "kind") is "chain" or "checkpoint" or "" ? null : new EvidenceRecord(parsed.RootElement.Clone());
        }
        catch (Exception broken) when (broken is JsonException or FormatException or OverflowException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    private static Finding FindingOf(JsonElement finding)
    {
        var id = Text(finding, "rule");
        var category = Enum.TryParse<RuleCategory>(id.Split('.')[0], ignoreCase: true, out var known) ? known : RuleCategory.Operation;
        var confidence = EnumWords<Confidence>.Read(Text(finding, "confidence"));
        var rule = new Rule(id, id, category, EnumWords<Severity>.Read(Text(finding, "severity")), confidence, string.Empty);
        return new Finding(rule, confidence, Text(finding, "where"), Text(finding, "view"), -1, 0, Text(finding, "fingerprint"))
        {
            Acceptance = Array.Find(s_acceptances, known => VerdictNames.Of(known) == Text(finding, "accepted")),
        };
    }

    private static string Text(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : string.Empty;

    private T WordOf<T>(string name)
        where T : struct, Enum => EnumWords<T>.Read(Text(name));

    private string Text(string name) => Text(_line, name);

    private long Count(string name) => _line.TryGetProperty(name, out var value) ? value.GetInt64() : 0;
}
