using System.Text;
using Postern.Engine.Flow;

namespace Postern.Transports.Streaming;

/// <summary>
/// Cuts text/event-stream into events (WHATWG HTML §9.2). An event is rebuilt from its parsed fields: comment, event, id and
/// retry stand as named parts, the data lines joined by line feeds as the body. The borders with what each of them said in earlier
/// events are parts of their own, so that nothing hides between two events.
/// </summary>
/// <param name="limits">How long an event may be.</param>
/// <param name="facts">What all events have in common.</param>
/// <param name="look">Reads the data of an event where a protocol says what it is; null leaves it text.</param>
internal sealed class ServerSentEventReader(FlowLimits limits, MessageFacts facts, EventLook? look = null) : IPieceReader
{
    /// <summary>Each field costs more memory than its bytes; no real event has a tenth of this.</summary>
    private const int MaxFields = 1024;

    private readonly PieceBuffer _buffer = new();
    private readonly PieceBuffer _data = new();
    private readonly List<(string Name, string Value)> _fields = [];
    private readonly BorderTail _dataTail = new();
    private readonly JsonBorders _dataValues = new();
    private readonly FieldBorders _fieldTails = new();
    private int _searched;
    private int _eventBytes;
    private bool _hasData;
    private bool _isInvalid;
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
            if ((complete && (_hasData || _fields.Count > 0)) || IsTooLarge)
            {
                piece = Build(last: false);
                return true;
            }

            if (complete)
            {
                // Blank lines keep connections alive; they add up to no event.
                _eventBytes = 0;
            }
        }

        if (_eventBytes + _buffer.Count <= limits.MaxPieceBytes)
        {
            piece = null;
            return false;
        }

        // A line without an end: what is there of it is judged now.
        _eventBytes += _buffer.Count;
        TakeRest();
        piece = Build(last: false);
        return true;
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
        TakeRest();
        piece = Build(last: true);
        return true;
    }

    /// <summary>The last event was not passed on, and the stream goes on: the next one follows what came before it.</summary>
    public void TakeBack()
    {
        _dataTail.TakeBack();
        _dataValues.TakeBack();
        _fieldTails.TakeBack();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _buffer.Dispose();
        _data.Dispose();
    }

    private bool IsTooLarge => _eventBytes > limits.MaxPieceBytes || _fields.Count > MaxFields;

    /// <summary>Lines end with CR LF, LF or CR; a CR at the very end waits for what follows it.</summary>
    private bool TryLine(out ReadOnlySpan<byte> line, out int consumed)
    {
        line = default;
        consumed = 0;
        if (!_started && !TrySkipMark())
        {
            return false;
        }

        var unread = _buffer.Unread;
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

    /// <summary>One byte order mark may lead the stream; false while the first bytes may still become one.</summary>
    private bool TrySkipMark()
    {
        var mark = "\uFEFF"u8;
        var unread = _buffer.Unread;
        if (unread.Length < mark.Length && mark.StartsWith(unread))
        {
            return false;
        }

        _started = true;
        if (unread.StartsWith(mark))
        {
            _buffer.Consume(mark.Length);
        }

        return true;
    }

    private void TakeRest()
    {
        // A CR that waited for its LF ends the line, or is a blank one.
        var line = _buffer.Unread.TrimEnd((byte)'\r');
        if (!line.IsEmpty)
        {
            Take(line);
        }

        _buffer.Consume(_buffer.Count);
        _searched = 0;
    }

    private void Take(ReadOnlySpan<byte> line)
    {
        _isInvalid |= !System.Text.Unicode.Utf8.IsValid(line);
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
        using var writer = new MessageWriter((_data.Count * 2) + 256);
        foreach (var (name, value) in _fields)
        {
            writer.Header(name, value);
        }

        _dataTail.Settle();
        _dataValues.Settle();
        _fieldTails.Settle();
        _fieldTails.Cross(_fields, writer);
        if (_hasData)
        {
            _dataTail.Cross(_data.Unread, writer);
            _dataValues.TryCross(_data.Unread, writer);
            TextBlocks.Join(_data.Unread, writer);
            writer.Body(_data.Unread);
        }

        var found = facts with
        {
            Kind = MessageKind.Event,
            Content = ContentKind.Text,
            Whole = false,
            Last = last,
            Obstacles = (IsTooLarge ? Obstacle.PieceTooLarge : Obstacle.None) | (_isInvalid ? Obstacle.InvalidText : Obstacle.None),
        };
        var piece = writer.Seal(look is null ? found : look(_fields.Find(static field => field.Name == "event").Value ?? string.Empty, _data.Unread, found));
        _data.Consume(_data.Count);
        _fields.Clear();
        (_hasData, _isInvalid, _eventBytes) = (false, false, 0);
        return piece;
    }
}
