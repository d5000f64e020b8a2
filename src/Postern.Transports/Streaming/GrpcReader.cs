using System.Buffers.Binary;
using Postern.Engine.Flow;

namespace Postern.Transports.Streaming;

/// <summary>
/// Cuts a gRPC body into its length-prefixed messages (one flag byte, four length bytes, payload). A compressed message cannot
/// be read and is reported; a length beyond the bound is reported before its bytes are waited for. Payloads have a border. What is
/// edited in one keeps its length: prefixes, and the fields inside, say how long they are.
/// </summary>
internal sealed class GrpcReader(FlowLimits limits, MessageFacts facts) : IPieceReader
{
    private const int PrefixBytes = 5;

    /// <summary>The flag of gRPC-Web's trailers, which are a header block in plain text.</summary>
    private const byte TrailersFlag = 0x80;

    private readonly PieceBuffer _buffer = new();
    private readonly BorderTail _payloads = new();
    private bool _finished;

    /// <inheritdoc/>
    public void Feed(ReadOnlySpan<byte> bytes) => _buffer.Append(bytes);

    /// <inheritdoc/>
    public bool TryNext(out Message? piece)
    {
        piece = null;
        var unread = _buffer.Unread;
        if (unread.Length < PrefixBytes)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(unread[1..]);
        if (length > limits.MaxPieceBytes)
        {
            piece = Cut(unread.Length, Obstacle.PieceTooLarge, last: false);
            return true;
        }

        var whole = PrefixBytes + (int)length;
        if (unread.Length < whole)
        {
            return false;
        }

        piece = Cut(whole, unread[0] is 0 or TrailersFlag ? Obstacle.None : Obstacle.UnknownEncoding, last: false);
        return true;
    }

    /// <inheritdoc/>
    public bool TryFlush(out Message? piece)
    {
        piece = null;
        return false;
    }

    /// <inheritdoc/>
    public bool TryFinish(out Message? piece)
    {
        piece = null;
        if (_finished)
        {
            return false;
        }

        if (TryNext(out piece))
        {
            return true;
        }

        _finished = true;
        piece = Cut(_buffer.Count, _buffer.Count == 0 ? Obstacle.None : Obstacle.TruncatedBody, last: true);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _buffer.Dispose();

    private Message Cut(int length, Obstacle obstacles, bool last)
    {
        using var writer = new MessageWriter(length + 1);
        var message = _buffer.Unread[..length];
        _payloads.Cross(message[Math.Min(length, PrefixBytes)..], writer);
        writer.Body(message);
        _buffer.Consume(length);
        return writer.Seal(facts with { Kind = MessageKind.Event, Content = ContentKind.Text, Whole = true, Last = last, Obstacles = obstacles, KeepsLength = true });
    }
}
