using Postern.Engine.Flow;

namespace Postern.Transports.Streaming;

/// <summary>
/// Cuts a long body into windows. The end of a window is held back and stands at the start of the next one, so that whatever
/// is shorter than the overlap is seen whole before any of it leaves.
/// </summary>
internal sealed class WindowReader : IPieceReader
{
    private readonly FlowLimits _limits;
    private readonly MessageFacts _facts;
    private readonly PieceBuffer _buffer = new();
    private int _lead;
    private bool _finished;

    /// <summary>A reader whose windows carry <paramref name="facts"/>.</summary>
    public WindowReader(FlowLimits limits, in MessageFacts facts)
    {
        _limits = limits;
        _facts = facts with { Kind = MessageKind.BodyWindow, Whole = false };
    }

    /// <summary>A window is at least as long as the overlap: after a flush what was released must not reach into what is held back.</summary>
    private int WholeWindow => Math.Max(_limits.WindowBytes, _limits.OverlapBytes) + _limits.OverlapBytes;

    /// <inheritdoc/>
    public void Feed(ReadOnlySpan<byte> bytes) => _buffer.Append(bytes);

    /// <inheritdoc/>
    public bool TryNext(out Message? piece)
    {
        piece = _buffer.Count >= WholeWindow ? Cut(WholeWindow, heldBack: _limits.OverlapBytes, last: false) : null;
        return piece is not null;
    }

    /// <inheritdoc/>
    public bool TryFlush(out Message? piece)
    {
        piece = _buffer.Count > _lead ? Cut(_buffer.Count, heldBack: 0, last: false) : null;
        return piece is not null;
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
        piece = Cut(_buffer.Count, heldBack: 0, last: true);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _buffer.Dispose();

    private Message Cut(int length, int heldBack, bool last)
    {
        using var writer = new MessageWriter(length + 1);
        writer.Body(_buffer.Unread[..length]);
        var piece = writer.Seal(_facts with { Lead = _lead, HeldBack = heldBack, Last = last });
        var again = Math.Min(length, _limits.OverlapBytes);
        _buffer.Consume(length - again);
        _lead = heldBack > 0 ? 0 : again;
        return piece;
    }
}
