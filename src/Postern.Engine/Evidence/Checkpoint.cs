using System.Text;
using Postern.Engine.Evidence.Signing;

namespace Postern.Engine.Evidence;

/// <summary>A signed statement about the first <see cref="Size"/> records of a chain.</summary>
public sealed record Checkpoint
{
    /// <summary>Bytes that <see cref="Write"/> needs at most: a full edge in hex and the fixed members.</summary>
    internal const int MaxBytes = 1024 + (2 * MerkleTree.MaxEdgeBytes);

    /// <summary>The chain's full id; see <see cref="ChainHeader.Origin"/>.</summary>
    public required string Origin { get; init; }

    /// <summary>How many records are covered; also the checkpoint's own sequence number.</summary>
    public required long Size { get; init; }

    /// <summary>The Merkle root over them, lower-case hex.</summary>
    public required string Root { get; init; }

    /// <summary>When it was made by the writer's clock, RFC 3339.</summary>
    public required string Time { get; init; }

    /// <summary>True when the recorder closed in good order right after it.</summary>
    public required bool Closing { get; init; }

    /// <summary>The public key, lower-case hex.</summary>
    public required string Key { get; init; }

    /// <summary>The signature over <see cref="SignedText"/>, lower-case hex; empty before signing.</summary>
    public string Signature { get; init; } = "";

    /// <summary>
    /// What is signed: a checkpoint body of C2SP tlog-checkpoint (origin, size, root in base64) with two extension lines. The origin
    /// keeps signatures of different chains, and of different uses of a key, apart.
    /// </summary>
    public byte[] SignedText() => Encoding.UTF8.GetBytes(string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"{Origin}\n{Size}\n{Convert.ToBase64String(Convert.FromHexString(Root))}\ntime {Time}\nstate {(Closing ? "closed" : "open")}\n"));

    /// <summary>True when <see cref="Key"/> signed this.</summary>
    public bool IsSignedBy(IEd25519 algorithm)
    {
        ArgumentNullException.ThrowIfNull(algorithm);
        return algorithm.Verify(Convert.FromHexString(Key), SignedText(), Convert.FromHexString(Signature));
    }

    /// <summary>Signs the state of <paramref name="chain"/>.</summary>
    internal static Checkpoint Sign(string origin, HashChain chain, DateTimeOffset time, bool closing, EvidenceSigner signer)
    {
        Span<byte> root = stackalloc byte[MerkleTree.HashBytes];
        chain.Tree.WriteRoot(root);
        var unsigned = new Checkpoint
        {
            Origin = origin,
            Size = chain.Tree.Size,
            Root = Convert.ToHexStringLower(root),
            Time = EvidenceFormat.TimeText(time),
            Closing = closing,
            Key = Convert.ToHexStringLower(signer.PublicKey),
        };
        Span<byte> signature = stackalloc byte[IEd25519.SignatureBytes];
        signer.Sign(unsigned.SignedText(), signature);
        return unsigned with { Signature = Convert.ToHexStringLower(signature) };
    }

    /// <summary>Writes the record's line, without line feed, and returns its length.</summary>
    internal int Write(uint chainId, HashChain chain, Span<byte> target)
    {
        var writer = new CanonicalWriter(target);
        RecordEncoder.WriteChain(ref writer, "{\"chain\":"u8, chainId);
        writer.Raw(Closing ? ",\"closing\":true"u8 : ",\"closing\":false"u8);
        writer.Raw(",\"edge\":"u8);
        writer.Hex(chain.Tree.Edge);
        RecordEncoder.Text(ref writer, ",\"key\":"u8, Key);
        RecordEncoder.Text(ref writer, ",\"kind\":\"checkpoint\",\"origin\":"u8, Origin);
        writer.Raw(",\"prev\":"u8);
        writer.Hex(chain.Head);
        RecordEncoder.Text(ref writer, ",\"root\":"u8, Root);
        RecordEncoder.Integer(ref writer, ",\"seq\":"u8, Size);
        RecordEncoder.Text(ref writer, ",\"signature\":"u8, Signature);
        RecordEncoder.Integer(ref writer, ",\"size\":"u8, Size);
        RecordEncoder.Text(ref writer, ",\"ts\":"u8, Time);
        RecordEncoder.Integer(ref writer, ",\"v\":"u8, EvidenceFormat.Version);
        writer.Raw("}"u8);
        return writer.Length;
    }
}
