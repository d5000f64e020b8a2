using System.Threading.Channels;
using Postern.Engine.Configuration.Sections;
using Postern.Engine.Evidence;
using Postern.Engine.Policy;

namespace Postern.Transports.Telemetry;

/// <summary>
/// One line per ruling for people and machines. A log is not evidence: writing it never delays or fails a ruling. Lines wait in a bounded queue; when nobody takes them they are dropped and counted.
/// </summary>
public sealed class DecisionLog : IDecisionReader, IAsyncDisposable
{
    /// <summary>Lines that may wait; about 2 MiB.</summary>
    public const int QueueLength = 4096;

    /// <summary>Lines are joined into writes of about this size while more of them wait.</summary>
    private const int BatchBytes = 64 * 1024;

    /// <summary>How long the end of the program waits for somebody who does not read.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    private readonly LoggingSection _settings;
    private readonly TimeProvider _time;
    private readonly IReadOnlyList<Stream> _outputs;
    private readonly Channel<LogEntry> _queue = Channel.CreateBounded<LogEntry>(new BoundedChannelOptions(QueueLength) { SingleReader = true });
    private readonly Task _writing;
    private long _dropped;

    /// <summary>Begins to log.</summary>
    /// <param name="settings">What is logged, and how it is written.</param>
    /// <param name="time">The clock of the lines.</param>
    /// <param name="outputs">Where lines go, each line to all; disposed with the log.</param>
    public DecisionLog(LoggingSection settings, TimeProvider time, IReadOnlyList<Stream> outputs)
    {
        (_settings, _time, _outputs) = (settings, time, outputs);
        _writing = Task.Run(WriteAllAsync);
    }

    /// <summary>Lines that found the queue full.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    /// <summary>Rulings and notices have a line each. Of a stream's clean pieces only its head has one, and pieces with findings.</summary>
    public bool Wants(in EvidenceDraft draft) => draft.Kind switch
    {
        EvidenceKind.Event => true,
        EvidenceKind.Close or EvidenceKind.Manifest => false,
        EvidenceKind.Open or EvidenceKind.Span when draft.Findings.IsEmpty => false,
        _ => draft.Effect == Effect.Allow && draft.Observed is null ? _settings.IncludeAllowed : _settings.IncludeBlocked,
    };

    /// <inheritdoc/>
    public void Take(LogEntry entry)
    {
        if (!_queue.Writer.TryWrite(entry))
        {
            Interlocked.Increment(ref _dropped);
        }
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
