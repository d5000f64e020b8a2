using System.Buffers;

namespace Postern.Transports.WebSockets;

/// <summary>Collects the payload of one message. Keeps no room between messages, so that an idle connection is cheap.</summary>
internal sealed class MessageBuffer : IDisposable
{
    private byte[] _bytes = [];

    /// <summary>How much is there.</summary>
    public int Count { get; private set; }

    /// <summary>What is there.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Count);

    /// <summary>Adds a copy of <paramref name="bytes"/> and returns it, to be unmasked in place.</summary>
    public Span<byte> Append(ReadOnlySpan<byte> bytes)
    {
        var copy = Room(bytes.Length)[..bytes.Length];
        bytes.CopyTo(copy);
        Count += bytes.Length;
        return copy;
    }

    /// <summary>At least <paramref name="atLeast"/> bytes of room behind what is there.</summary>
    public Span<byte> Room(int atLeast)
    {
        if (_bytes.Length - Count < atLeast)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, Count + atLeast));
            Bytes.CopyTo(larger);
            GiveBack();
            _bytes = larger;
        }

        return _bytes.AsSpan(Count);
    }

    /// <summary>The next <paramref name="count"/> bytes of the room were written.</summary>
    public void Advance(int count) => Count += count;

    /// <summary>Forgets the message.</summary>
    public void Clear()
    {
        Count = 0;
        GiveBack();
    }

    /// <inheritdoc/>
    public void Dispose() => Clear();

    private void GiveBack()
    {
        var bytes = Interlocked.Exchange(ref _bytes, []);
        if (bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
