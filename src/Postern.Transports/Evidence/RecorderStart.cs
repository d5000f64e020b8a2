using System.Buffers;
using System.Security.Cryptography;
using Postern.Engine.Evidence;
using Postern.Engine.Evidence.Signing;

namespace Postern.Transports.Evidence;

/// <summary>What a recorder begins with: a new chain, or one that goes on.</summary>
/// <param name="File">The file to append to.</param>
/// <param name="Signer">Signs; owned by the caller.</param>
/// <param name="Header">The new chain's header; null when a chain goes on.</param>
/// <param name="Resumed">The chain that goes on; null when a new one begins.</param>
/// <param name="Note">What is to be said about the beginning; empty when there is nothing.</param>
internal sealed record RecorderStart(IRecordFile File, EvidenceSigner Signer, ChainHeader? Header, ChainWriter? Resumed, string Note)
{
    /// <summary>The first 32 bits of the chain's id.</summary>
    public uint Chain => Header?.Chain ?? Resumed?.Chain ?? 0;

    /// <summary>A chain in an empty place.</summary>
    public static RecorderStart NewChain(IRecordFolder folder, ChainHeader header, EvidenceSigner signer, string note = "") =>
        new(folder.Create(new EvidenceFileName(header.Chain, 0).ToString()), signer, header, null, note);

    /// <summary>Looks at the directory and decides; see <see cref="FileRecorder.Open"/>.</summary>
    public static RecorderStart From(RecordFolder folder, EvidenceSigner signer, EvidenceSigner? oldSigner, DateTimeOffset now)
    {
        var tail = ChainTail.Read(folder, signer.Algorithm);
        var key = Convert.ToHexStringLower(signer.PublicKey);
        if (tail is null)
        {
            return NewChain(folder, NewHeader(folder, key, now), signer);
        }

        return tail.Chain.Key == key ? GoOn(folder, tail, signer) : ChangeKey(folder, tail, signer, oldSigner, now);
    }

    /// <summary>The writer, with the header already in <paramref name="lines"/> when the chain is new.</summary>
    public ChainWriter Begin(IBufferWriter<byte> lines) =>
        Header is null ? Resumed ?? throw new InvalidOperationException("Neither a new chain nor one to go on with.") : ChainWriter.Begin(Header, Signer, lines);

    private static RecorderStart GoOn(RecordFolder folder, ChainTail tail, EvidenceSigner signer)
    {
        var state = tail.Chain.State!;
        return new RecorderStart(
            folder.Continue(tail.File, tail.KeepBytes),
            signer,
            null,
            new ChainWriter(tail.Chain.Chain, tail.Chain.Origin, state, signer),
            RecorderNotes.Resumed(state.NextSequence - 1, tail.DroppedBytes));
    }

    private static RecorderStart ChangeKey(
        RecordFolder folder, ChainTail tail, EvidenceSigner signer, EvidenceSigner? oldSigner, DateTimeOffset now)
    {
        var state = tail.Chain.State!;
        var link = new ChainLink(tail.Chain.Chain, state.NextSequence - 1, Convert.ToHexStringLower(state.Head), tail.Chain.Key);
        var header = NewHeader(folder, Convert.ToHexStringLower(signer.PublicKey), now) with { Previous = link };
        if (oldSigner is not null && Convert.ToHexStringLower(oldSigner.PublicKey) == link.Key)
        {
            var endorsement = new byte[IEd25519.SignatureBytes];
            oldSigner.Sign(link.EndorsementText(header.Origin, header.Key), endorsement);
            header = header with { Endorsement = Convert.ToHexStringLower(endorsement) };
        }

        // The old file is cut to its complete records; nothing is ever added to it again.
        folder.Continue(tail.File, tail.KeepBytes).Dispose();
        return NewChain(folder, header, signer, tail.DroppedBytes > 0 ? RecorderNotes.Dropped(tail.DroppedBytes) : "");
    }

    private static ChainHeader NewHeader(RecordFolder folder, string key, DateTimeOffset now)
    {
        var taken = folder.List().Select(file => EvidenceFileName.TryParse(file.Name, out var name) ? name.Chain : 0).ToHashSet();
        uint chain;
        do
        {
            chain = BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(sizeof(uint)));
        }
        while (taken.Contains(chain));

        return new ChainHeader(chain, now, key, typeof(RecorderStart).Assembly.GetName().Version?.ToString(3) ?? "");
    }
}
