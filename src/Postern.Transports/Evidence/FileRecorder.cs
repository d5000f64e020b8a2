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
public sealed class FileRecorder : IEvidenceSink, IEvidenceHealth, IAsyncDisposable
{
    private readonly RecorderOptions _options;
    private readonly IRecordFolder _folder;
    private readonly TimeProvider _time;
    private readonly ChainWriter _chain;
    private readonly GroupCommit _commit;
    private readonly ITimer _timer;
    private long _fileBytes;
    private long _fileRecords;
    private bool _closed;
    private Checkpoint? _lastCheckpoint;

    private FileRecorder(RecorderStart start, IRecordFolder folder, RecorderOptions options, TimeProvider time)
    {
        _options = options;
        _folder = folder;
        _time = time;
        _fileBytes = start.File.Length;
        _commit = new GroupCommit(folder, start.File, start.Chain);
        _chain = start.Begin(_commit.Filling.Lines);
        Begin(start.Note);
        var period = TimeSpan.FromMilliseconds(options.CheckpointMs);
        _timer = time.CreateTimer(static recorder => ((FileRecorder)recorder!).Tick(), this, period, period);
    }

    /// <inheritdoc/>
    public Checkpoint? LastCheckpoint => Volatile.Read(ref _lastCheckpoint);

    /// <inheritdoc/>
    public string? LostBecause => _commit.Lost?.Message;

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
        Task? written;
        lock (_commit.Gate)
        {
            ThrowIfNotKeeping();
            MakeRoom();
            id = Encode(in draft);
            led = _commit.TryLead();
            written = led is null ? _commit.Filling.Written : null;
        }

        if (led is null)
        {
            return FollowAsync(written!, id, denial);
        }

        _commit.Lead(led);
        return denial ? _commit.FlushedAsync(id) : new ValueTask<EvidenceId>(id);
    }

    /// <summary>Who did something since they were last summed up.</summary>
    public IReadOnlyList<string> OpenSessions()
    {
        lock (_commit.Gate)
        {
            return _chain.OpenSessions;
        }
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
            _commit.Dispose();
            _folder.Dispose();
        }
    }

    private async ValueTask CloseAsync()
    {
        EvidenceId last;
        CommitGroup? led;
        Task written;
        lock (_commit.Gate)
        {
            if (_closed || _commit.Lost is not null)
            {
                _closed = true;
                return;
            }

            last = Sign(closing: true);
            _closed = true;
            led = _commit.TryLead();
            written = led is null ? _commit.Filling.Written : Task.CompletedTask;
        }

        if (led is not null)
        {
            _commit.Lead(led);
        }

        await FollowAsync(written, last, flush: true).ConfigureAwait(false);
    }

    private void Begin(string note)
    {
        CommitGroup? first;
        lock (_commit.Gate)
        {
            if (!_commit.Filling.IsEmpty)
            {
                Account(_commit.Filling.Lines.WrittenCount);
            }

            if (_fileBytes == 0)
            {
                // Every file can be read without the one before it: it begins with a header or with a checkpoint.
                _ = Sign(closing: false);
            }

            if (note.Length > 0)
            {
                _ = Encode(RecorderNotes.Draft(note));
            }

            _ = Sign(closing: false);
            first = _commit.TryLead();
        }

        _commit.Lead(first!);
        _commit.FlushWritten();
    }

    private void Tick()
    {
        try
        {
            CommitGroup? led;
            lock (_commit.Gate)
            {
                if (_closed || _commit.Lost is not null)
                {
                    return;
                }

                if (_chain.HasNews)
                {
                    _ = Sign(closing: false);
                }

                led = _commit.TryLead();
            }

            if (led is not null)
            {
                _commit.Lead(led);
            }

            _commit.FlushWritten();
        }
        catch (EvidenceLostException)
        {
            // Remembered: the next append throws it to somebody who refuses because of it.
        }
    }

    private async ValueTask<EvidenceId> FollowAsync(Task written, EvidenceId id, bool flush)
    {
        await written.ConfigureAwait(false);
        return flush ? await _commit.FlushedAsync(id).ConfigureAwait(false) : id;
    }

    // Before a record, not after it: a signature that fails must not leave a record behind that nobody waits for.
    private void MakeRoom()
    {
        if (_fileBytes >= _options.MaxFileBytes || _fileRecords >= _options.MaxFileRecords)
        {
            _commit.Filling.Cuts.Add((_commit.Filling.Lines.WrittenCount, _chain.NextSequence));
            (_fileBytes, _fileRecords) = (0, 0);
            _ = Sign(closing: false);
        }
        else if (_chain.NextSequence - _chain.LastCheckpointSize >= _options.CheckpointRecords)
        {
            _ = Sign(closing: false);
        }
    }

    private EvidenceId Encode(in EvidenceDraft draft)
    {
        var lines = _commit.Filling.Lines;
        var before = lines.WrittenCount;
        var id = _chain.Append(in draft, _time.GetUtcNow(), lines);
        Account(lines.WrittenCount - before);
        return id;
    }

    private EvidenceId Sign(bool closing)
    {
        var lines = _commit.Filling.Lines;
        var before = lines.WrittenCount;
        try
        {
            Volatile.Write(ref _lastCheckpoint, _chain.AppendCheckpoint(_time.GetUtcNow(), closing, lines));
        }
        catch (Exception broken) when (broken is CryptographicException or ObjectDisposedException)
        {
            throw _commit.Lose("signed", broken);
        }

        Account(lines.WrittenCount - before);
        return new EvidenceId(_chain.Chain, _chain.NextSequence - 1);
    }

    private void Account(int bytes)
    {
        _fileBytes += bytes;
        _fileRecords++;
        _commit.Filling.LastSequence = _chain.NextSequence - 1;
    }

    private void ThrowIfNotKeeping()
    {
        _commit.ThrowIfLost();
        if (_closed)
        {
            throw new EvidenceLostException("the evidence recorder is closed");
        }
    }
}
