using Postern.Engine.Flow;

namespace Postern.Transports.Streaming;

/// <summary>Cuts newline-delimited JSON into its lines, terminators included. Each line is judged and sent at once, with its border to those before.</summary>
internal sealed class LineReader(FlowLimits limits, MessageFacts facts) : IPieceReader
{
    private readonly PieceBuffer _buffer = new();
    private readonly JsonBorders _values = new();
    private readonly BorderTail _text = new();
    private int _searched;
    private bool _finished;

    /// <inheritdoc/>
    public void Feed(ReadOnlySpan<byte> bytes) => _buffer.Append(bytes);

    /// <inheritdoc/>
    public bool TryNext(out Message? piece)
    {
        var end = _buffer.Unread[_searched..].IndexOf((byte)'\n');
        if (end >= 0)
        {
            piece = Cut(_searched + end + 1, last: false);
            return true;
        }

        _searched = _buffer.Count;
        piece = _searched > limits.MaxPieceBytes ? Cut(_searched, last: false) : null;
        return piece is not null;
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
        piece = Cut(_buffer.Count, last: true);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _buffer.Dispose();

    private Message Cut(int length, bool last)
    {
        using var writer = new MessageWriter(length + 1);
        var line = _buffer.Unread[..length];
        var text = line.Trim(" \t\r\n"u8);
        if (!text.IsEmpty && !_values.TryCross(text, writer))
        {
            _text.Cross(text, writer);
        }

        writer.Body(line);
        var piece = writer.Seal(facts with
        {
            Kind = MessageKind.Event,
            Last = last,
            Whole = true,
            Content = text.IsEmpty ? ContentKind.Text : ContentKind.Json,
            Obstacles = length > limits.MaxPieceBytes ? Obstacle.PieceTooLarge : Obstacle.None,
        });
        _buffer.Consume(length);
        _searched = 0;
        return piece;
    }
}
