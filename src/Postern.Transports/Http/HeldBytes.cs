using Postern.Transports.Streaming;

namespace Postern.Transports.Http;

/// <summary>The bytes of one held body, on account of a budget. One owner; disposed once.</summary>
internal sealed class HeldBytes(HoldBudget budget) : IDisposable
{
    /// <summary>Each byte is here, and in the message that is judged, which owns its bytes.</summary>
    private const int Copies = 2;

    private readonly PieceBuffer _bytes = new();
    private long _takenBytes;

    /// <summary>What is there.</summary>
    public ReadOnlySpan<byte> Unread => _bytes.Unread;

    /// <summary>How much is there.</summary>
    public int Count => _bytes.Count;

    /// <summary>Adds a chunk that was read already; false when the budget is used up and no more should be read.</summary>
    public bool TryAppend(ReadOnlySpan<byte> chunk)
    {
        _bytes.Append(chunk);
        if (!budget.TryTake(chunk.Length * Copies))
        {
            return false;
        }

        _takenBytes += chunk.Length * Copies;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _bytes.Dispose();
        budget.Return(Interlocked.Exchange(ref _takenBytes, 0));
    }
}
