using System.Globalization;
using System.Text.Json;
using Postern.Engine.Flow;
using Postern.Engine.Policy;

namespace Postern.Engine.Evidence.Verification;

/// <summary>
/// Reads one line strictly: canonical, every name known to its kind, none missing. Holds what the chain rules need of it until the
/// next line is read.
/// </summary>
internal sealed class RecordReader
{
    private static readonly ulong s_common = Bit(RecordField.Chain) | Bit(RecordField.Kind) | Bit(RecordField.Seq) | Bit(RecordField.Ts) | Bit(RecordField.V);

    private static readonly ulong s_headerNeeds = s_common | Bit(RecordField.Key) | Bit(RecordField.Postern);

    private static readonly ulong s_headerMay = s_headerNeeds | Bit(RecordField.Previous) | Bit(RecordField.Endorsement);

    private static readonly ulong s_checkpointNeeds = s_common | Bit(RecordField.Closing) | Bit(RecordField.Edge) | Bit(RecordField.Key)
        | Bit(RecordField.Origin) | Bit(RecordField.Prev) | Bit(RecordField.Root) | Bit(RecordField.Signature) | Bit(RecordField.Size);

    private static readonly ulong s_recordNeeds = s_common | Bit(RecordField.Action) | Bit(RecordField.Actor) | Bit(RecordField.Destination)
        | Bit(RecordField.Direction) | Bit(RecordField.Effect) | Bit(RecordField.Exchange) | Bit(RecordField.Findings)
        | Bit(RecordField.Grant) | Bit(RecordField.Inspected) | Bit(RecordField.Message) | Bit(RecordField.Method)
        | Bit(RecordField.Opaque) | Bit(RecordField.Policy) | Bit(RecordField.Prev) | Bit(RecordField.Transport);

    private static readonly ulong s_recordMay = s_recordNeeds | Bit(RecordField.Digest) | Bit(RecordField.Edits) | Bit(RecordField.More) | Bit(RecordField.Note)
        | Bit(RecordField.Observed) | Bit(RecordField.Pieces) | Bit(RecordField.Model) | Bit(RecordField.Server) | Bit(RecordField.Tool) | Bit(RecordField.Trace) | Bit(RecordField.Process);

    private static readonly ulong s_manifestNeeds = s_recordNeeds | Bit(RecordField.Note) | Bit(RecordField.Summary);

    private static readonly System.Buffers.SearchValues<byte> s_hexDigits = System.Buffers.SearchValues.Create("0123456789abcdef"u8);

    private readonly byte[] _previousHash = new byte[MerkleTree.HashBytes];
    private readonly string?[] _texts = new string?[Enum.GetValues<RecordField>().Length];
    private ulong _seen;

    public RecordKind Kind { get; private set; }

    public uint Chain { get; private set; }

    public long Sequence { get; private set; }

    /// <summary>The hash of the record before; meaningless for a header.</summary>
    public ReadOnlySpan<byte> PreviousHash => _previousHash;

    public bool IsDenial { get; private set; }

    public ulong Exchange { get; private set; }

    public bool IsInbound { get; private set; }

    public long Size { get; private set; }

    public bool Closing { get; private set; }

    public ChainLink? Previous { get; private set; }

    /// <summary>True for the record a recorder writes when it goes on with a chain.</summary>
    public bool IsResumption => Kind == RecordKind.Event && Text(RecordField.Actor) == EvidenceFormat.RecorderActor
        && Text(RecordField.Transport) == EvidenceFormat.RecorderTransport
        && Text(RecordField.Note).StartsWith(EvidenceFormat.ResumedNote, StringComparison.Ordinal);

    /// <summary>A text member of the last record; empty when it has none of that name.</summary>
    public string Text(RecordField field) => _texts[(int)field] ?? "";

    /// <summary>Reads a line without its line feed. False: it is no record of version 1, and the members mean nothing.</summary>
    public bool TryRead(ReadOnlySpan<byte> line)
    {
        if (!CanonicalJson.IsCanonical(line) || line[0] != '{')
        {
            return false;
        }

        _seen = 0;
        Array.Clear(_texts);
        Previous = null;
        (Kind, IsDenial, IsInbound, Closing, Exchange, Size) = (RecordKind.Unknown, false, false, false, 0, 0);
        var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = CanonicalJson.MaxDepth });
        _ = reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!EnumWords<RecordField>.TryRead(reader.ValueSpan, out var field) || !reader.Read() || !TryTake(field, ref reader))
            {
                return false;
            }
        }

        return Kind switch
        {
            RecordKind.Unknown => false,
            RecordKind.Chain => Has(s_headerNeeds, s_headerMay) && Sequence == 0,
            RecordKind.Checkpoint => Has(s_checkpointNeeds, s_checkpointNeeds) && Size == Sequence,
            RecordKind.Manifest => Has(s_manifestNeeds, s_manifestNeeds),
            _ => Has(s_recordNeeds, s_recordMay),
        };
    }

    private static ulong Bit(RecordField field) => 1UL << (int)field;

    private static bool IsHex(ReadOnlySpan<byte> text, int bytes) =>
        text.Length == 2 * bytes && text.IndexOfAnyExcept(s_hexDigits) < 0;

    private static bool IsHex(ref Utf8JsonReader reader, int bytes) =>
        reader.TokenType == JsonTokenType.String && IsHex(reader.ValueSpan, bytes);

    private static bool TryCount(ref Utf8JsonReader reader, out long count)
    {
        count = 0;
        return reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out count) && count is >= 0 and <= CanonicalWriter.MaxInteger;
    }

    private static bool TryChain(ref Utf8JsonReader reader, out uint chain)
    {
        chain = 0;
        return IsHex(ref reader, sizeof(uint))
            && uint.TryParse(reader.ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out chain);
    }

    private bool Has(ulong needs, ulong may) => (_seen & needs) == needs && (_seen & ~may) == 0;

    private bool TryTake(RecordField field, ref Utf8JsonReader reader)
    {
        _seen |= Bit(field);
        switch (field)
        {
            case RecordField.Seq:
                var sound = TryCount(ref reader, out var sequence);
                Sequence = sequence;
                return sound;
            case RecordField.Size:
                sound = TryCount(ref reader, out var size);
                Size = size;
                return sound;
            case RecordField.V:
                return TryCount(ref reader, out var version) && version == EvidenceFormat.Version;
            case RecordField.Inspected or RecordField.Opaque or RecordField.Pieces or RecordField.More:
                return TryCount(ref reader, out _);
            case RecordField.Closing:
                Closing = reader.TokenType == JsonTokenType.True;
                return reader.TokenType is JsonTokenType.True or JsonTokenType.False;
            case RecordField.Findings:
                return reader.TokenType == JsonTokenType.StartArray && reader.TrySkip();
            case RecordField.Policy or RecordField.Edits or RecordField.Summary or RecordField.Process:
                return reader.TokenType == JsonTokenType.StartObject && reader.TrySkip();
            case RecordField.Previous:
                return TryTakePrevious(ref reader);
            default:
                return reader.TokenType == JsonTokenType.String && TryTakeText(field, ref reader);
        }
    }

    private bool TryTakeText(RecordField field, ref Utf8JsonReader reader)
    {
        switch (field)
        {
            case RecordField.Chain:
                var sound = TryChain(ref reader, out var chain);
                Chain = chain;
                return sound;
            case RecordField.Kind:
                sound = EnumWords<RecordKind>.TryRead(reader.ValueSpan, out var kind);
                Kind = kind;
                return sound;
            case RecordField.Prev:
                return IsHex(ref reader, MerkleTree.HashBytes)
                    && Convert.FromHexString(reader.ValueSpan, _previousHash, out _, out _) == System.Buffers.OperationStatus.Done;
            case RecordField.Ts:
                return EvidenceFormat.IsTime(reader.ValueSpan) && Keep(field, ref reader);
            case RecordField.Effect:
                sound = EnumWords<Effect>.TryRead(reader.ValueSpan, out var effect);
                IsDenial = sound && effect == Effect.Deny;
                return sound;
            case RecordField.Direction:
                sound = EnumWords<Direction>.TryRead(reader.ValueSpan, out var direction);
                IsInbound = direction == Direction.Inbound;
                return sound;
            case RecordField.Exchange:
                sound = ulong.TryParse(reader.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var exchange);
                Exchange = exchange;
                return sound;
            case RecordField.Key or RecordField.Root or RecordField.Digest:
                return IsHex(ref reader, MerkleTree.HashBytes) && Keep(field, ref reader);
            case RecordField.Signature or RecordField.Endorsement:
                return IsHex(ref reader, Signing.IEd25519.SignatureBytes) && Keep(field, ref reader);
            case RecordField.Edge:
                return reader.ValueSpan.Length % (2 * MerkleTree.HashBytes) == 0
                    && IsHex(ref reader, reader.ValueSpan.Length / 2) && Keep(field, ref reader);
            case RecordField.Origin or RecordField.Note or RecordField.Actor or RecordField.Transport:
                return Keep(field, ref reader);
            default:
                return true;
        }
    }

    private bool TryTakePrevious(ref Utf8JsonReader reader)
    {
        uint chain = 0;
        long sequence = 0;
        string head = "", key = "";
        var members = 0;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            members++;
            var sound = reader.ValueSpan switch
            {
                _ when reader.ValueTextEquals("chain"u8) => reader.Read() && TryChain(ref reader, out chain),
                _ when reader.ValueTextEquals("head"u8) => reader.Read() && IsHex(ref reader, 32) && (head = reader.GetString() ?? "") != "",
                _ when reader.ValueTextEquals("key"u8) => reader.Read() && IsHex(ref reader, 32) && (key = reader.GetString() ?? "") != "",
                _ when reader.ValueTextEquals("seq"u8) => reader.Read() && TryCount(ref reader, out sequence),
                _ => false,
            };
            if (!sound)
            {
                return false;
            }
        }

        Previous = new ChainLink(chain, sequence, head, key);
        return members == 4;
    }

    private bool Keep(RecordField field, ref Utf8JsonReader reader)
    {
        _texts[(int)field] = reader.GetString();
        return true;
    }
}
