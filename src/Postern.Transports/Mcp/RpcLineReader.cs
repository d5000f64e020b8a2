using Postern.Transports.Streaming;

namespace Postern.Transports.Mcp;

/// <summary>
/// Sans-I/O: bytes in, the lines of a stdio peer out. A line beyond the bound is skipped, not kept, and the next line is read as if
/// nothing had happened. Blank lines are none. What follows the last line feed is no line: its sender died while writing it.
/// </summary>
internal sealed class RpcLineReader : IDisposable
{
    /// <summary>Longest message in bytes: the bound of the TypeScript SDK and of the reference.</summary>
    public const int MaxBytes = 10 * 1024 * 1024;

    /// <summary>What stays allocated between two lines.</summary>
    private const int KeptBytes = 1024 * 1024;

    private readonly int _maxBytes;
    private PieceBuffer _buffer = new();
    private RpcScout? _scout;
    private int _searched;
    private int _taken;

    /// <summary>A reader with the bound of the product, or of a test.</summary>
    public RpcLineReader(int maxBytes = MaxBytes) => _maxBytes = maxBytes;

    /// <summary>Takes all of <paramref name="bytes"/>.</summary>
    public void Feed(ReadOnlySpan<byte> bytes)
    {
        Forget();
        if (_scout is null)
        {
            _buffer.Append(bytes);
            return;
        }

        var end = bytes.IndexOf((byte)'\n');
        _scout.Feed(end < 0 ? bytes : bytes[..end]);
        _buffer.Append(end < 0 ? default : bytes[end..]);
    }

    /// <summary>The next line; its bytes are valid until the next call.</summary>
    public bool TryNext(out RpcLine line)
    {
        line = default;
        Forget();
        while (true)
        {
            var end = _buffer.Unread[_searched..].IndexOf((byte)'\n');
            if (end < 0)
            {
                _searched = _buffer.Count;
                SkipWhatIsTooLong();
                return false;
            }

            end += _searched;
            _searched = 0;
            if (TryLine(end, out line))
            {
                return true;
            }

            _buffer.Consume(end + 1);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _buffer.Dispose();

    private bool TryLine(int end, out RpcLine line)
    {
        _taken = end + 1;
        var text = _buffer.Unread[..end].Trim(" \t\r"u8);
        if (_scout is not null || end > _maxBytes)
        {
            _scout ??= new RpcScout();
            _scout.Feed(text);
            line = new RpcLine { IsTooLong = true, Id = _scout.Id };
            _scout = null;
            return true;
        }

        line = new RpcLine { Text = text };
        _taken = text.IsEmpty ? 0 : _taken;
        return !text.IsEmpty;
    }

    private void SkipWhatIsTooLong()
    {
        if (_buffer.Count <= _maxBytes)
        {
            return;
        }

        _scout = new RpcScout();
        _scout.Feed(_buffer.Unread);
        _searched = 0;

        Renew();
    }

    /// <summary>The next line will hardly need as much.</summary>
    private void Renew()
    {
        _buffer.Dispose();
        _buffer = new PieceBuffer();
    }

    private void Forget()
    {
        _buffer.Consume(_taken);
        if (_taken > KeptBytes && _buffer.Count == 0)
        {
            Renew();
        }

        _taken = 0;
    }
}
