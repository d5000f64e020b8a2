using System.Security.Cryptography;

namespace Postern.Engine.Flow;

/// <summary>Counts and digests the clean pieces of one stream between two evidence records. Owned by one direction of one exchange.</summary>
/// <param name="message">What the pieces are.</param>
internal sealed class StreamLedger(MessageKind message) : IDisposable
{
    private readonly IncrementalHash _digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>What the pieces are.</summary>
    public MessageKind Message => message;

    /// <summary>Bytes of them that passed unread.</summary>
    public long OpaqueBytes { get; private set; }

    /// <summary>Pieces since the stream began.</summary>
    public long Pieces { get; private set; }

    /// <summary>Bytes that were released since the stream began.</summary>
    public long Bytes { get; private set; }

    /// <summary>Bytes at the last record.</summary>
    public long RecordedBytes { get; private set; }

    /// <summary>When the last record was written, in milliseconds of the engine's clock.</summary>
    public long RecordedAtMs { get; private set; }

    /// <summary>Adds a clean piece: the fields that leave with it, as the message holds them (<c>name: value</c>, each on its line), and the body bytes that leave.</summary>
    public void Add(Message piece)
    {
        Pieces++;
        OpaqueBytes += piece.IsBodyOpaque ? piece.ReleasableBody.Length : 0;
        foreach (ref readonly var part in piece.Parts)
        {
            if (part.Kind == PartKind.HeaderValue)
            {
                var end = part.Start + part.Length + 1;
                Count(piece.Bytes[(part.NameLength > 0 ? part.NameStart : part.Start)..end]);
            }
        }

        Count(piece.ReleasableBody.Span);
    }

    /// <summary>Remembers that everything so far stands in a record.</summary>
    public void Recorded(long nowMs)
    {
        RecordedBytes = Bytes;
        RecordedAtMs = nowMs;
    }

    /// <summary>SHA-256 over all released bytes so far.</summary>
    public int Digest(Span<byte> destination) => _digest.GetCurrentHash(destination);

    private void Count(ReadOnlySpan<byte> released)
    {
        Bytes += released.Length;
        _digest.AppendData(released);
    }

    /// <inheritdoc/>
    public void Dispose() => _digest.Dispose();
}
