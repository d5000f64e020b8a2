namespace Postern.Transports.Http;

/// <summary>Cancels a request whose response does not begin in time. While a body is being sent every piece of it grants the time anew.</summary>
internal sealed class HeadDeadline : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly TimeSpan _limit;
    private volatile bool _isMet;

    /// <summary>Runs from now on.</summary>
    /// <param name="limit">The time; zero is without end.</param>
    /// <param name="cancel">The client is gone.</param>
    public HeadDeadline(TimeSpan limit, CancellationToken cancel)
    {
        _source = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        _limit = limit == TimeSpan.Zero ? Timeout.InfiniteTimeSpan : limit;
        Restart();
    }

    /// <summary>Cancelled when the time is over or the client is gone.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Grants the time anew.</summary>
    public void Restart()
    {
        _source.CancelAfter(_limit);
        if (_isMet)
        {
            // The rest of an upload that goes on after the head came, perhaps just now.
            _source.CancelAfter(Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>The head is there: from now on only the client's leaving cancels.</summary>
    public void Meet()
    {
        _isMet = true;
        _source.CancelAfter(Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();
}
