using System.Buffers;

namespace Postern.Transports.WebSockets;

/// <summary>Collects the payload of one message. Keeps little room between messages, so that an idle connection is cheap.</summary>
internal sealed class MessageBuffer : IDisposable
{
    private const int KeptBytes = 16 * 1024;
    private byte[] _bytes = [];

    /// <summary>How much is there.</summary>
    public int Count { get; private set; }

    /// <summary>What is there.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Count);

    /// <summary>Adds a copy of <paramref name="bytes"/> and returns it, to be unmasked in place.</summary>
    public Span<byte> Append(ReadOnlySpan<byte> bytes)
    {
        if (_bytes.Length - Count < bytes.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, Count + bytes.Length));
            Bytes.CopyTo(larger);
            GiveBack();
            _bytes = larger;
        }

        var copy = _bytes.AsSpan(Count, bytes.Length);
        bytes.CopyTo(copy);
        Count += bytes.Length;
        return copy;
    }

    /// <summary>Forgets the message.</summary>
    public void Clear()
    {
        Count = 0;
        if (_bytes.Length > KeptBytes)
        {
            GiveBack();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Count = 0;
        GiveBack();
    }

    private void GiveBack()
    {
        var bytes = Interlocked.Exchange(ref _bytes, []);
        if (bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
