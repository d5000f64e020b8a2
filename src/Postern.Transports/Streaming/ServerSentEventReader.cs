using System.Text;
using Postern.Engine.Flow;

namespace Postern.Transports.Streaming;

/// <summary>
/// Cuts text/event-stream into events (WHATWG HTML §9.2). An event is rebuilt from its parsed fields: comment, event, id and
/// retry stand as named parts, the data lines joined by line feeds as the body. The border with earlier data is a part of its
/// own, so that nothing hides between two events.
/// </summary>
internal sealed class ServerSentEventReader(FlowLimits limits, MessageFacts facts) : IPieceReader
{
    private const int TailBytes = 4096;
    private readonly PieceBuffer _buffer = new();
    private readonly PieceBuffer _data = new();
    private readonly List<(string Name, string Value)> _fields = [];
    private readonly PieceBuffer _tail = new();
    private int _searched;
    private int _eventBytes;
    private bool _hasData;
    private bool _started;
    private bool _finished;

    /// <inheritdoc/>
    public void Feed(ReadOnlySpan<byte> bytes) => _buffer.Append(bytes);

    /// <inheritdoc/>
    public bool TryNext(out Message? piece)
    {
        while (TryLine(out var line, out var consumed))
        {
            _eventBytes += consumed;
            var complete = line.IsEmpty;
            if (!complete)
            {
                Take(line);
            }

            _buffer.Consume(consumed);
            _searched = 0;
            if ((complete && (_hasData || _fields.Count > 0)) || _eventBytes > limits.MaxPieceBytes)
            {
                piece = Build(last: false);
                return true;
            }
        }

        piece = _buffer.Count > limits.MaxPieceBytes ? Build(last: false) : null;
        return piece is not null;
    }

    /// <summary>Comments keep connections alive and wait for no blank line: silence sends them.</summary>
    public bool TryFlush(out Message? piece)
    {
        piece = !_hasData && _fields.Count > 0 && _fields.TrueForAll(static field => field.Name.Length == 0) ? Build(last: false) : null;
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
        if (_buffer.Count > 0)
        {
            Take(_buffer.Unread);
            _buffer.Consume(_buffer.Count);
        }

        piece = Build(last: true);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _buffer.Dispose();
        _data.Dispose();
        _tail.Dispose();
    }

    /// <summary>Lines end with CR LF, LF or CR; a CR at the very end waits for what follows it.</summary>
    private bool TryLine(out ReadOnlySpan<byte> line, out int consumed)
    {
        var unread = _buffer.Unread;
        if (!_started && unread.Length >= 3)
        {
            _started = true;
            if (unread.StartsWith("\uFEFF"u8))
            {
                _buffer.Consume(3);
                unread = _buffer.Unread;
            }
        }

        line = default;
        consumed = 0;
        var end = unread[_searched..].IndexOfAny((byte)'\n', (byte)'\r');
        if (end < 0)
        {
            _searched = unread.Length;
            return false;
        }

        end += _searched;
        if (unread[end] == '\r' && end + 1 == unread.Length)
        {
            return false;
        }

        line = unread[..end];
        consumed = end + (unread[end] == '\r' && unread[end + 1] == '\n' ? 2 : 1);
        return true;
    }

    private void Take(ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        var name = colon < 0 ? line : line[..colon];
        var value = colon < 0 ? default : line[(colon + 1)..];
        if (value.StartsWith(" "u8))
        {
            value = value[1..];
        }

        if (name.SequenceEqual("data"u8))
        {
            if (_hasData)
            {
                _data.Append("\n"u8);
            }

            _data.Append(value);
            _hasData = true;
        }
        else if (name.IsEmpty || name.SequenceEqual("event"u8) || name.SequenceEqual("id"u8) || name.SequenceEqual("retry"u8))
        {
            _fields.Add((Encoding.Latin1.GetString(name), Encoding.Latin1.GetString(value)));
        }
    }

    private Message Build(bool last)
    {
        using var writer = new MessageWriter((_data.Count * 2) + _tail.Count + 256);
        foreach (var (name, value) in _fields)
        {
            writer.Header(name, value);
        }

        var tooLarge = _eventBytes > limits.MaxPieceBytes || _buffer.Count > limits.MaxPieceBytes;
        var invalid = !System.Text.Unicode.Utf8.IsValid(_data.Unread);
        if (_hasData)
        {
            if (_tail.Count > 0)
            {
                writer.AddBorder(_tail.Unread, _data.Unread[..Math.Min(_data.Count, TailBytes)]);
            }

            writer.Body(_data.Unread);
            _tail.Append(_data.Unread);
            _tail.Consume(Math.Max(0, _tail.Count - TailBytes));
        }

        var piece = writer.Seal(facts with
        {
            Kind = MessageKind.Event,
            Content = ContentKind.Text,
            Whole = false,
            Last = last,
            Obstacles = (tooLarge ? Obstacle.PieceTooLarge : Obstacle.None) | (invalid ? Obstacle.InvalidText : Obstacle.None),
        });
        _data.Consume(_data.Count);
        _fields.Clear();
        (_hasData, _eventBytes) = (false, 0);
        return piece;
    }
}
