namespace Postern.Engine.Evidence;

/// <summary>The first record of a chain: who writes it, with which key, and what it follows.</summary>
/// <param name="Chain">32 random bits, the short id that every record carries.</param>
/// <param name="Created">When the chain began; together with <paramref name="Chain"/> it is the chain's full id.</param>
/// <param name="Key">The public key the chain is signed with, lower-case hex.</param>
/// <param name="Postern">The version of the program that began it.</param>
/// <param name="Previous">The chain before this one in the same directory; null for the first.</param>
/// <param name="Endorsement">The old key's signature under the change of key, lower-case hex; null when the old key was not at hand.</param>
public sealed record ChainHeader(
    uint Chain,
    DateTimeOffset Created,
    string Key,
    string Postern,
    ChainLink? Previous = null,
    string? Endorsement = null)
{
    /// <summary>Bytes that <see cref="Write"/> needs at most.</summary>
    internal const int MaxBytes = 1024 + (RecordEncoder.MaxText * CanonicalWriter.MaxBytesPerChar);

    /// <summary>The chain's full id as checkpoints sign it, for example <c>postern.evidence/1a2b3c4d/2026-11-20T06:28:37.000000000Z</c>.</summary>
    public string Origin => OriginOf(Chain, Created);

    /// <summary>The full id of a chain.</summary>
    public static string OriginOf(uint chain, DateTimeOffset created) => OriginOf(chain, EvidenceFormat.TimeText(created));

    /// <summary>The full id of a chain whose time of creation is already text.</summary>
    internal static string OriginOf(uint chain, string created) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"postern.evidence/{chain:x8}/{created}");

    /// <summary>Writes the record's line, without line feed, and returns its length.</summary>
    internal int Write(Span<byte> target)
    {
        var writer = new CanonicalWriter(target);
        RecordEncoder.WriteChain(ref writer, "{\"chain\":"u8, Chain);
        if (Endorsement is not null)
        {
            RecordEncoder.Text(ref writer, ",\"endorsement\":"u8, Endorsement);
        }

        RecordEncoder.Text(ref writer, ",\"key\":"u8, Key);
        RecordEncoder.Text(ref writer, ",\"kind\":\"chain\",\"postern\":"u8, Postern);
        if (Previous is { } previous)
        {
            RecordEncoder.WriteChain(ref writer, ",\"previous\":{\"chain\":"u8, previous.Chain);
            RecordEncoder.Text(ref writer, ",\"head\":"u8, previous.Head);
            RecordEncoder.Text(ref writer, ",\"key\":"u8, previous.Key);
            RecordEncoder.Integer(ref writer, ",\"seq\":"u8, previous.LastSequence);
            writer.Raw("}"u8);
        }

        writer.Raw(",\"seq\":0"u8);
        RecordEncoder.WriteStamp(ref writer, Created);
        return writer.Length;
    }
}
