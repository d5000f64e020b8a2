using Postern.Engine.Detection;
using Postern.Engine.Flow;
using Postern.Engine.Policy;

namespace Postern.Engine.Evidence;

/// <summary>
/// Writes a draft as one canonical line, names in canonical order, straight into the caller's buffer. Nothing that an agent spells
/// freely gets in: destinations are cut to scheme, host and port, unknown methods become <c>other</c>, findings are ids and places.
/// </summary>
public static class RecordEncoder
{
    /// <summary>Findings kept in one record; how many more there were stands in <c>more</c>.</summary>
    public const int MaxFindings = 64;

    /// <summary>Longest text, in UTF-16 units; longer ones are cut there.</summary>
    public const int MaxText = 512;

    /// <summary>Longest destination, in bytes: scheme, a host of 253 bytes, port, and room for brackets and zone.</summary>
    public const int MaxDestination = 300;

    // Names, brackets, numbers, hashes and words of one record, of one finding.
    private const int FixedBytes = 1024;
    private const int FixedFindingBytes = 192;

    /// <summary>Bytes that <see cref="Write"/> may need at most for this draft.</summary>
    public static int MaxBytes(in EvidenceDraft draft)
    {
        var chars = Cut(draft.Actor).Length + Cut(draft.Transport).Length + Cut(draft.Grant).Length
            + Cut(draft.PolicyHash).Length + Cut(draft.Note).Length + Cut(draft.Trace).Length + MaxDestination
            + Cut(draft.Server).Length + Cut(draft.Tool).Length + Cut(draft.Model).Length
            + Cut(draft.Process?.Command).Length + Cut(draft.Process?.Executable).Length;
        var kept = Kept(draft.Findings);
        foreach (var finding in kept)
        {
            chars += Cut(finding.Rule.Id).Length + Cut(finding.Where).Length + Cut(finding.View).Length + Cut(finding.Fingerprint).Length
                + (2 * Cut(finding.Note).Length);
        }

        return FixedBytes + draft.Summary.Length + (kept.Length * FixedFindingBytes) + (chars * CanonicalWriter.MaxBytesPerChar);
    }

    /// <summary>Writes the line, without line feed, and returns its length. Allocates nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A count is beyond 2^53-1 or a digest is not 32 bytes.</exception>
    internal static int Write(in EvidenceDraft draft, in RecordStamp stamp, ReadOnlySpan<byte> previous, Span<byte> target)
    {
        var writer = new CanonicalWriter(target);
        var (action, method) = MethodClass.Of(draft.Method);
        Word(ref writer, "{\"action\":"u8, action.Span);
        Text(ref writer, ",\"actor\":"u8, draft.Actor);
        WriteChain(ref writer, ",\"chain\":"u8, stamp.Chain);
        writer.Raw(",\"destination\":"u8);
        writer.Utf8Text(Authority(draft.Destination));
        if (!draft.Digest.IsEmpty)
        {
            ArgumentOutOfRangeException.ThrowIfNotEqual(draft.Digest.Length, MerkleTree.HashBytes);
            writer.Raw(",\"digest\":"u8);
            writer.Hex(draft.Digest);
        }

        Text(ref writer, ",\"direction\":"u8, VerdictNames.Of(draft.Direction));
        WriteEdits(ref writer, Kept(draft.Findings));
        Word(ref writer, ",\"effect\":"u8, EnumWords<Effect>.Utf8(draft.Effect));
        WriteExchange(ref writer, draft.Exchange);
        WriteFindings(ref writer, Kept(draft.Findings));
        Text(ref writer, ",\"grant\":"u8, draft.Grant);
        Integer(ref writer, ",\"inspected\":"u8, draft.InspectedBytes);
        Word(ref writer, ",\"kind\":"u8, EnumWords<EvidenceKind>.Utf8(draft.Kind));
        Word(ref writer, ",\"message\":"u8, EnumWords<MessageKind>.Utf8(draft.Message));
        Word(ref writer, ",\"method\":"u8, method.Span);
        WriteTail(ref writer, in draft, in stamp, previous);
        return writer.Length;
    }

    /// <summary>Writes the members that every record ends with.</summary>
    internal static void WriteStamp(ref CanonicalWriter writer, DateTimeOffset time)
    {
        Span<byte> text = stackalloc byte[EvidenceFormat.TimeBytes];
        EvidenceFormat.WriteTime(time, text);
        Word(ref writer, ",\"ts\":"u8, text);
        Integer(ref writer, ",\"v\":"u8, EvidenceFormat.Version);
        writer.Raw("}"u8);
    }

    /// <summary>Writes the chain's short id: eight lower-case hex digits.</summary>
    internal static void WriteChain(ref CanonicalWriter writer, ReadOnlySpan<byte> name, uint chain)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(bytes, chain);
        writer.Raw(name);
        writer.Hex(bytes);
    }

    internal static void Integer(ref CanonicalWriter writer, ReadOnlySpan<byte> name, long value)
    {
        writer.Raw(name);
        writer.Integer(value);
    }

    internal static void Text(ref CanonicalWriter writer, ReadOnlySpan<byte> name, string? text)
    {
        writer.Raw(name);
        writer.Text(Cut(text));
    }

    /// <summary>Writes a string that is known to need no escapes.</summary>
    internal static void Word(ref CanonicalWriter writer, scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> word)
    {
        writer.Raw(name);
        writer.Raw("\""u8);
        writer.Raw(word);
        writer.Raw("\""u8);
    }

    private static void Optional(ref CanonicalWriter writer, ReadOnlySpan<byte> name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            Text(ref writer, name, text);
        }
    }

    private static void WriteTail(ref CanonicalWriter writer, in EvidenceDraft draft, in RecordStamp stamp, ReadOnlySpan<byte> previous)
    {
        Optional(ref writer, ",\"model\":"u8, draft.Model);
        if (draft.Findings.Length > MaxFindings)
        {
            Integer(ref writer, ",\"more\":"u8, draft.Findings.Length - MaxFindings);
        }

        Optional(ref writer, ",\"note\":"u8, draft.Note);

        if (draft.Observed is { } observed)
        {
            Word(ref writer, ",\"observed\":"u8, EnumWords<Effect>.Utf8(observed));
        }

        Integer(ref writer, ",\"opaque\":"u8, draft.OpaqueBytes);
        if (draft.Pieces != 0)
        {
            Integer(ref writer, ",\"pieces\":"u8, draft.Pieces);
        }

        Text(ref writer, ",\"policy\":{\"hash\":"u8, draft.PolicyHash);
        Integer(ref writer, ",\"revision\":"u8, draft.PolicyRevision);
        writer.Raw("},\"prev\":"u8);
        writer.Hex(previous);
        if (draft.Process is { } process)
        {
            Text(ref writer, ",\"process\":{\"command\":"u8, process.Command);
            Text(ref writer, ",\"exe\":"u8, process.Executable);
            Integer(ref writer, ",\"pid\":"u8, process.Id);
            writer.Raw("}"u8);
        }

        Integer(ref writer, ",\"seq\":"u8, stamp.Sequence);
        Optional(ref writer, ",\"server\":"u8, draft.Server);
        if (!draft.Summary.IsEmpty)
        {
            writer.Raw(",\"summary\":"u8);
            writer.Raw(draft.Summary);
        }

        Optional(ref writer, ",\"tool\":"u8, draft.Tool);
        Optional(ref writer, ",\"trace\":"u8, draft.Trace);
        Text(ref writer, ",\"transport\":"u8, draft.Transport);
        WriteStamp(ref writer, stamp.Time);
    }

    // A string, because an unsigned 64-bit number may be beyond what every reader of JSON numbers keeps exactly.
    private static void WriteExchange(ref CanonicalWriter writer, ulong exchange)
    {
        Span<byte> digits = stackalloc byte[20];
        _ = System.Buffers.Text.Utf8Formatter.TryFormat(exchange, digits, out var written);
        Word(ref writer, ",\"exchange\":"u8, digits[..written]);
    }

    private static void WriteFindings(ref CanonicalWriter writer, ReadOnlySpan<Finding> findings)
    {
        writer.Raw(",\"findings\":["u8);
        for (var i = 0; i < findings.Length; i++)
        {
            var finding = findings[i];
            writer.Raw(i == 0 ? "{"u8 : ",{"u8);
            if (finding.Acceptance != Acceptance.None)
            {
                Text(ref writer, "\"accepted\":"u8, VerdictNames.Of(finding.Acceptance));
                writer.Raw(","u8);
            }

            Text(ref writer, "\"confidence\":"u8, VerdictNames.Of(finding.Confidence));
            Text(ref writer, ",\"fingerprint\":"u8, finding.Fingerprint);
            if (finding.Note.Length > 0)
            {
                Text(ref writer, ",\"note\":"u8, finding.Note);
            }

            Text(ref writer, ",\"rule\":"u8, finding.Rule.Id);
            Text(ref writer, ",\"severity\":"u8, VerdictNames.Of(finding.Rule.Severity));
            Text(ref writer, ",\"view\":"u8, finding.View);
            Text(ref writer, ",\"where\":"u8, finding.Where);
            writer.Raw("}"u8);
        }

        writer.Raw("]"u8);
    }

    /// <summary>How many edits there were of each class, classes in canonical order; the few that there are, are searched and not sorted.</summary>
    private static void WriteEdits(ref CanonicalWriter writer, ReadOnlySpan<Finding> findings)
    {
        var last = string.Empty;
        while (NextClass(findings, last, out var count) is { } next)
        {
            writer.Raw(last.Length == 0 ? ",\"edits\":{"u8 : ","u8);
            writer.Text(Cut(next));
            Integer(ref writer, ":"u8, count);
            last = next;
        }

        writer.Raw(last.Length == 0 ? ""u8 : "}"u8);
    }

    private static string? NextClass(ReadOnlySpan<Finding> findings, string last, out int count)
    {
        string? next = null;
        count = 0;
        foreach (var finding in findings)
        {
            if (finding is { Acceptance: Acceptance.Edited } && string.CompareOrdinal(finding.Note, last) > 0)
            {
                var order = next is null ? -1 : string.CompareOrdinal(finding.Note, next);
                (next, count) = order < 0 ? (finding.Note, 1) : (next, count + (order == 0 ? 1 : 0));
            }
        }

        return next;
    }

    private static ReadOnlySpan<Finding> Kept(ReadOnlySpan<Finding> findings) => findings[..Math.Min(findings.Length, MaxFindings)];

    internal static ReadOnlySpan<char> Cut(string? text) => text.AsSpan(0, Math.Min(text?.Length ?? 0, MaxText));

    // Whatever the caller passed, only scheme, host and port are kept: path, query, fragment and user information may hold secrets.
    internal static ReadOnlySpan<byte> Authority(ReadOnlySpan<byte> destination)
    {
        var colon = destination.IndexOf("://"u8);
        var start = colon < 0 ? 0 : colon + 3;
        var length = destination[start..].IndexOfAny("/?#\\"u8);
        var authority = length < 0 ? destination[start..] : destination.Slice(start, length);
        var user = authority.LastIndexOf((byte)'@');
        if (user >= 0)
        {
            return Short(authority[(user + 1)..]);
        }

        return Short(destination[..(start + authority.Length)]);
    }

    private static ReadOnlySpan<byte> Short(ReadOnlySpan<byte> destination) => destination[..Math.Min(destination.Length, MaxDestination)];
}
