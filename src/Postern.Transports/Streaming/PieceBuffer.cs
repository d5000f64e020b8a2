using System.Buffers;

namespace Postern.Transports.Streaming;

/// <summary>Bytes waiting to be cut: appended at the end, consumed from the front, moved only to make room.</summary>
internal sealed class PieceBuffer : IDisposable
{
    private const int MinBytes = 4 * 1024;

    private byte[] _bytes = [];
    private int _start;
    private int _end;

    /// <summary>What is there.</summary>
    public ReadOnlySpan<byte> Unread => _bytes.AsSpan(_start, _end - _start);

    /// <summary>How much is there.</summary>
    public int Count => _end - _start;

    /// <summary>Adds bytes at the end.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (_bytes.Length - _end < bytes.Length)
        {
            MakeRoom(bytes.Length);
        }

        bytes.CopyTo(_bytes.AsSpan(_end));
        _end += bytes.Length;
    }

    /// <summary>Forgets the first <paramref name="count"/> bytes.</summary>
    public void Consume(int count)
    {
        _start += count;
        if (_start == _end)
        {
            (_start, _end) = (0, 0);
        }
    }

    /// <summary>Nothing is expected for a while: the room is given back when it is empty.</summary>
    public void Rest()
    {
        if (_end == 0)
        {
            Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        var bytes = Interlocked.Exchange(ref _bytes, []);
        if (bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private void MakeRoom(int more)
    {
        var count = Count;
        if (_bytes.Length - count >= more)
        {
            _bytes.AsSpan(_start, count).CopyTo(_bytes);
        }
        else
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(Math.Max(_bytes.Length * 2, MinBytes), count + more));
            Unread.CopyTo(larger);
            Dispose();
            _bytes = larger;
        }

        (_start, _end) = (0, count);
    }
}
