using System.Threading.Channels;
using Postern.Engine.Configuration.Sections;
using Postern.Engine.Evidence;
using Postern.Engine.Policy;

namespace Postern.Transports.Telemetry;

/// <summary>
/// One line per ruling for people and machines, on the way to where evidence is kept. A log is not evidence: writing it never
/// delays or fails a ruling. Lines wait in a bounded queue; when nobody takes them they are dropped and counted.
/// </summary>
public sealed class DecisionLog : IEvidenceSink, IAsyncDisposable
{
    /// <summary>Lines that may wait; about 2 MiB.</summary>
    public const int QueueLength = 4096;

    /// <summary>Lines are joined into writes of about this size while more of them wait.</summary>
    private const int BatchBytes = 64 * 1024;

    /// <summary>How long the end of the program waits for somebody who does not read.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    private readonly IEvidenceSink _kept;
    private readonly LoggingSection _settings;
    private readonly TimeProvider _time;
    private readonly IReadOnlyList<Stream> _outputs;
    private readonly Channel<LogEntry> _queue = Channel.CreateBounded<LogEntry>(new BoundedChannelOptions(QueueLength) { SingleReader = true });
    private readonly Task _writing;
    private long _dropped;

    /// <summary>Begins to log.</summary>
    /// <param name="kept">Where evidence is kept; not disposed here.</param>
    /// <param name="settings">What is logged, and how it is written.</param>
    /// <param name="time">The clock of the lines.</param>
    /// <param name="outputs">Where lines go, each line to all; disposed with the log.</param>
    public DecisionLog(IEvidenceSink kept, LoggingSection settings, TimeProvider time, IReadOnlyList<Stream> outputs)
    {
        (_kept, _settings, _time, _outputs) = (kept, settings, time, outputs);
        _writing = Task.Run(WriteAllAsync);
    }

    /// <summary>Lines that found the queue full.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <inheritdoc/>
    public ValueTask<EvidenceId> AppendAsync(in EvidenceDraft draft, CancellationToken cancel)
    {
        if (!IsWanted(draft))
        {
            return _kept.AppendAsync(draft, cancel);
        }

        var entry = new LogEntry(draft, _time.GetUtcNow());
        ValueTask<EvidenceId> pending;
        try
        {
            pending = _kept.AppendAsync(draft, cancel);
        }
        catch (EvidenceLostException)
        {
            Enqueue(entry.Lost());
            throw;
        }

        if (!pending.IsCompletedSuccessfully)
        {
            return FollowAsync(pending, entry);
        }

        var id = pending.Result;
        Enqueue(entry.KeptAs(id));
        return new(id);
    }

    /// <summary>Writes what waits, then closes the outputs. Gives up after two seconds when nobody takes the lines.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        try
        {
            await _writing.WaitAsync(s_patience, _time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The writer hangs in an output; closing that under its feet could hang as well.
            return;
        }

        foreach (var output in _outputs)
        {
            await output.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask<EvidenceId> FollowAsync(ValueTask<EvidenceId> pending, LogEntry entry)
    {
        try
        {
            var id = await pending.ConfigureAwait(false);
            Enqueue(entry.KeptAs(id));
            return id;
        }
        catch (EvidenceLostException)
        {
            Enqueue(entry.Lost());
            throw;
        }
    }

    /// <summary>Rulings and notices have a line each. Of a stream's clean pieces only its head has one, and pieces with findings.</summary>
    private bool IsWanted(in EvidenceDraft draft) => draft.Kind switch
    {
        EvidenceKind.Event => true,
        EvidenceKind.Close => false,
        EvidenceKind.Open or EvidenceKind.Span when draft.Findings.IsEmpty => false,
        _ => draft.Effect == Effect.Allow && draft.Observed is null ? _settings.IncludeAllowed : _settings.IncludeBlocked,
    };

    private void Enqueue(LogEntry entry)
    {
        if (!_queue.Writer.TryWrite(entry))
        {
            Interlocked.Increment(ref _dropped);
        }
    }

    private async Task WriteAllAsync()
    {
        using var lines = new LogWriter(_settings.Format);
        var reported = 0L;
        while (await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            lines.Clear();
            while (lines.Lines.Length < BatchBytes && _queue.Reader.TryRead(out var entry))
            {
                lines.Add(entry);
            }

            var dropped = Dropped;
            if (dropped > reported)
            {
                lines.AddDropped(_time.GetUtcNow(), dropped - reported);
                reported = dropped;
            }

            foreach (var output in _outputs)
            {
                await WriteAsync(output, lines.Lines).ConfigureAwait(false);
            }
        }
    }

    private static async ValueTask WriteAsync(Stream output, ReadOnlyMemory<byte> lines)
    {
        try
        {
            if (output.CanSeek)
            {
                // Another run may write to the same file, and a rotation may have emptied it.
                output.Seek(0, SeekOrigin.End);
            }

            await output.WriteAsync(lines).ConfigureAwait(false);
            await output.FlushAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            // Its lines are missing there; the evidence has what they said.
        }
    }
}
