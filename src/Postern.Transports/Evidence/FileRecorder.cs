using System.Security.Cryptography;
using Postern.Engine.Evidence;
using Postern.Engine.Evidence.Signing;
using Postern.Engine.Policy;

namespace Postern.Transports.Evidence;

/// <summary>
/// Keeps evidence in files. An append encodes under one lock; whoever finds nobody writing becomes the leader, writes what is there
/// with one call and completes everybody in it, without a writer thread. An uncontended append completes before it returns and
/// allocates nothing. A refusal also waits until its bytes are on the disk. The first write that fails is the last: from then on
/// every append throws.
/// </summary>
public sealed class FileRecorder : IEvidenceSink, IAsyncDisposable
{
    // How many groups a leader writes for others before it hands the rest to the pool, so that no caller is kept for ever.
    private const int MaxRoundsForOthers = 8;

    private readonly Lock _gate = new();
    private readonly RecorderOptions _options;
    private readonly IRecordFolder _folder;
    private readonly TimeProvider _time;
    private readonly ChainWriter _chain;
    private readonly DurableFile _file;
    private readonly ITimer _timer;
    private CommitGroup _filling = new();
    private CommitGroup _spare = new();
    private long _fileBytes;
    private long _fileRecords;
    private bool _leading;
    private bool _closed;
    private EvidenceLostException? _lost;

    private FileRecorder(RecorderStart start, IRecordFolder folder, RecorderOptions options, TimeProvider time)
    {
        _options = options;
        _folder = folder;
        _time = time;
        _file = new DurableFile(start.File);
        _fileBytes = start.File.Length;
        _chain = start.Begin(_filling.Lines);
        Begin(start);
        var period = TimeSpan.FromMilliseconds(options.CheckpointMs);
        _timer = time.CreateTimer(static recorder => ((FileRecorder)recorder!).Tick(), this, period, period);
    }

    /// <summary>
    /// Takes hold of a directory and goes on where its evidence ends: an unfinished last line is cut off and reported in a record;
    /// under another key a new chain begins that names the old one's end.
    /// </summary>
    /// <param name="directory">Where the files are; created with mode 0700 when missing.</param>
    /// <param name="signer">Signs checkpoints; owned by the caller, who disposes it after the recorder.</param>
    /// <param name="options">How to cut and sign.</param>
    /// <param name="time">The clock and the checkpoint timer.</param>
    /// <param name="oldSigner">The key used so far, when the key has changed and the old one is at hand; it endorses the new one.</param>
    /// <exception cref="EvidenceUnsoundException">The end of the evidence does not verify, or somebody else records here.</exception>
    /// <exception cref="EvidenceLostException">The first records could not be kept.</exception>
    public static FileRecorder Open(
        string directory, EvidenceSigner signer, RecorderOptions options, TimeProvider time, EvidenceSigner? oldSigner = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        options.Validate();
        var folder = RecordFolder.Open(directory);
        try
        {
            return Start(RecorderStart.From(folder, signer, oldSigner, time.GetUtcNow()), folder, options, time);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>The checkpoint signed last; note it elsewhere, for example from <c>/health</c>: only such a note shows that a tail is gone.</summary>
    public Checkpoint? LastCheckpoint { get; private set; }

    /// <summary>Why evidence can no longer be kept; null while it can.</summary>
    public string? LostBecause => Volatile.Read(ref _lost)?.Message;

    /// <summary>Starts on files that may fail; the folder stays the caller's when this throws.</summary>
    internal static FileRecorder Start(RecorderStart start, IRecordFolder folder, RecorderOptions options, TimeProvider time)
    {
        try
        {
            return new FileRecorder(start, folder, options, time);
        }
        catch
        {
            start.File.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask<EvidenceId> AppendAsync(in EvidenceDraft draft, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var denial = draft.Effect == Effect.Deny;
        EvidenceId id;
        CommitGroup? led;
        Task? written = null;
        lock (_gate)
        {
            ThrowIfNotKeeping();
            MakeRoom();
            id = Encode(in draft);
            led = TryLead();
            written = led is null ? _filling.Written : null;
        }

        if (led is null)
        {
            return FollowAsync(written!, id, denial);
        }

        Lead(led);
        return denial ? FlushedAsync(id) : new ValueTask<EvidenceId>(id);
    }

    /// <summary>Signs a closing checkpoint, flushes, and lets go of the directory.</summary>
    /// <exception cref="EvidenceLostException">The closing checkpoint could not be kept; the directory is let go of all the same.</exception>
    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync().ConfigureAwait(false);
        try
        {
            await CloseAsync().ConfigureAwait(false);
        }
        finally
        {
            _file.Dispose();
            _folder.Dispose();
        }
    }

    private async ValueTask CloseAsync()
    {
        EvidenceId last;
        CommitGroup? led;
        Task? written;
        lock (_gate)
        {
            if (_closed || _lost is not null)
            {
                _closed = true;
                return;
            }

            last = Sign(closing: true);
            _closed = true;
            led = TryLead();
            written = led is null ? _filling.Written : null;
        }

        if (led is not null)
        {
            Lead(led);
        }

        await FollowAsync(written ?? Task.CompletedTask, last, flush: true).ConfigureAwait(false);
    }

    private void Begin(RecorderStart start)
    {
        if (!_filling.IsEmpty)
        {
            Account(_filling.Lines.WrittenCount);
        }

        if (_fileBytes == 0)
        {
            // Every file can be read without the one before it: it begins with a header or with a checkpoint.
            _ = Sign(closing: false);
        }

        if (start.Note.Length > 0)
        {
            _ = Encode(RecorderNotes.Draft(start.Note));
        }

        _ = Sign(closing: false);
        _leading = true;
        var first = _filling;
        _filling = _spare;
        Lead(first);
        FlushWritten();
    }

    private EvidenceId Encode(in EvidenceDraft draft)
    {
        var before = _filling.Lines.WrittenCount;
        var id = _chain.Append(in draft, _time.GetUtcNow(), _filling.Lines);
        Account(_filling.Lines.WrittenCount - before);
        return id;
    }

    private EvidenceId Sign(bool closing)
    {
        var before = _filling.Lines.WrittenCount;
        try
        {
            LastCheckpoint = _chain.AppendCheckpoint(_time.GetUtcNow(), closing, _filling.Lines);
        }
        catch (CryptographicException broken)
        {
            throw Lose("signed", broken, group: null);
        }

        Account(_filling.Lines.WrittenCount - before);
        return new EvidenceId(_chain.Chain, _chain.NextSequence - 1);
    }

    private void Account(int bytes)
    {
        _fileBytes += bytes;
        _fileRecords++;
        _filling.LastSequence = _chain.NextSequence - 1;
    }

    // Before a record, not after it: a signature that fails must not leave a record behind that nobody waits for.
    private void MakeRoom()
    {
        if (_fileBytes >= _options.MaxFileBytes || _fileRecords >= _options.MaxFileRecords)
        {
            _filling.Cuts.Add((_filling.Lines.WrittenCount, _chain.NextSequence));
            (_fileBytes, _fileRecords) = (0, 0);
            _ = Sign(closing: false);
        }
        else if (_chain.NextSequence - _chain.LastCheckpointSize >= _options.CheckpointRecords)
        {
            _ = Sign(closing: false);
        }
    }

    // Null: somebody else leads and will write what is being filled.
    private CommitGroup? TryLead()
    {
        if (_leading)
        {
            return null;
        }

        _leading = true;
        return SwapFilling();
    }

    private CommitGroup SwapFilling()
    {
        var full = _filling;
        _filling = _spare;
        return full;
    }

    private void Lead(CommitGroup mine)
    {
        if (!TryCommit(mine, out var next))
        {
            ThrowIfLost();
        }

        LeadForOthers(next, MaxRoundsForOthers);
    }

    private void LeadForOthers(CommitGroup? next, int rounds)
    {
        for (; next is not null && rounds > 0; rounds--)
        {
            _ = TryCommit(next, out next);
        }

        if (next is not null)
        {
            ThreadPool.UnsafeQueueUserWorkItem(
                static work => work.Recorder.LeadForOthers(work.Next, MaxRoundsForOthers), (Recorder: this, Next: next), preferLocal: false);
        }
    }

    // Whatever stops a write, nobody may be left waiting for it and nothing may pass after it: hence the catch-all.
    private bool TryCommit(CommitGroup group, out CommitGroup? next)
    {
        next = null;
        try
        {
            Write(group);
        }
        catch (Exception broken)
        {
            _ = Lose("written", broken, group);
            return false;
        }

        TaskCompletionSource? waiting;
        lock (_gate)
        {
            _file.WrittenThrough(group.LastSequence);
            waiting = group.Reset();
            _spare = group;
            _leading = !_filling.IsEmpty && _lost is null;
            next = _leading ? SwapFilling() : null;
        }

        waiting?.SetResult();
        return true;
    }

    private void Write(CommitGroup group)
    {
        var lines = group.Lines.WrittenSpan;
        var start = 0;
        foreach (var (offset, firstSequence) in group.Cuts)
        {
            _file.Write(lines[start..offset]);
            _file.Replace(_folder.Create(new EvidenceFileName(_chain.Chain, firstSequence).ToString()));
            start = offset;
        }

        _file.Write(lines[start..]);
    }

    private async ValueTask<EvidenceId> FollowAsync(Task written, EvidenceId id, bool flush)
    {
        await written.ConfigureAwait(false);
        return flush ? await FlushedAsync(id).ConfigureAwait(false) : id;
    }

    private ValueTask<EvidenceId> FlushedAsync(EvidenceId id)
    {
        try
        {
            var flushed = _file.Flush(id.Sequence);
            return flushed is null ? new ValueTask<EvidenceId>(id) : AfterFlushAsync(flushed, id);
        }
        catch (Exception broken) when (broken is not EvidenceLostException)
        {
            throw Lose("flushed to disk", broken, group: null);
        }
    }

    private async ValueTask<EvidenceId> AfterFlushAsync(Task flushed, EvidenceId id)
    {
        try
        {
            await flushed.ConfigureAwait(false);
            return id;
        }
        catch (Exception broken) when (broken is not EvidenceLostException)
        {
            throw Lose("flushed to disk", broken, group: null);
        }
    }

    private void Tick()
    {
        try
        {
            CommitGroup? led;
            lock (_gate)
            {
                if (_closed || _lost is not null)
                {
                    return;
                }

                if (_chain.HasNews)
                {
                    _ = Sign(closing: false);
                }

                led = _filling.IsEmpty ? null : TryLead();
            }

            if (led is not null)
            {
                Lead(led);
            }

            FlushWritten();
        }
        catch (EvidenceLostException)
        {
            // Kept in _lost: the next append throws it to somebody who refuses because of it.
        }
    }

    private void FlushWritten()
    {
        try
        {
            _file.FlushIfIdle();
        }
        catch (Exception broken)
        {
            throw Lose("flushed to disk", broken, group: null);
        }
    }

    private EvidenceLostException Lose(string what, Exception broken, CommitGroup? group)
    {
        TaskCompletionSource? written;
        TaskCompletionSource? filling;
        EvidenceLostException lost;
        lock (_gate)
        {
            lost = _lost ??= new EvidenceLostException(
                $"evidence can no longer be kept: a record could not be {what} ({broken.GetType().Name}); everything is refused until Postern is started again", broken);
            written = group?.Reset();
            filling = _filling.Reset();
        }

        written?.SetException(lost);
        filling?.SetException(lost);
        return lost;
    }

    private void ThrowIfNotKeeping()
    {
        ThrowIfLost();
        if (_closed)
        {
            throw new EvidenceLostException("the evidence recorder is closed");
        }
    }

    private void ThrowIfLost()
    {
        if (Volatile.Read(ref _lost) is { } lost)
        {
            throw new EvidenceLostException(lost.Message, lost.InnerException);
        }
    }
}
