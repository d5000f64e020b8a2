using System.Threading.Channels;
using Postern.Transports.Telemetry;

namespace Postern.Transports.Control.Live;

/// <summary>One watcher's place at the feed.</summary>
/// <param name="feed">The feed.</param>
/// <param name="waiting">What waits for the watcher.</param>
internal sealed class LiveWatch(LiveFeed feed, Channel<LogEntry> waiting) : IDisposable
{
    private long _missed;

    /// <summary>Puts an entry into the queue, in place of the oldest when it is full. Under the feed's lock.</summary>
    public void Offer(LogEntry entry)
    {
        if (!waiting.Writer.TryWrite(entry))
        {
            _missed += waiting.Reader.TryRead(out _) ? 1 : 0;
            waiting.Writer.TryWrite(entry);
        }
    }

    /// <summary>Entries that were dropped since the last call.</summary>
    public long TakeMissed() => Interlocked.Exchange(ref _missed, 0);

    /// <summary>The next entry; null when none came in that time.</summary>
    public async ValueTask<LogEntry?> NextAsync(TimeSpan within, TimeProvider time, CancellationToken cancel)
    {
        if (waiting.Reader.TryRead(out var ready))
        {
            return ready;
        }

        try
        {
            await waiting.Reader.WaitToReadAsync(cancel).AsTask().WaitAsync(within, time, cancel).ConfigureAwait(false);
            return waiting.Reader.TryRead(out ready) ? ready : null;
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => feed.Leave(this);
}
