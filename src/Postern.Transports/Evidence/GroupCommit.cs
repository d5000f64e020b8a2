using Postern.Engine.Evidence;

namespace Postern.Transports.Evidence;

/// <summary>
/// Leader and followers: lines gather in one group while another is written. Whoever finds nobody writing leads; a leader goes on
/// with what gathered meanwhile, a bounded number of times. The first failure is final and reaches everybody who waits.
/// Two groups are enough, because there is at most one leader.
/// </summary>
internal sealed class GroupCommit(IRecordFolder folder, IRecordFile first, uint chain) : IDisposable
{
    // How many groups a leader writes for others before it hands the rest to the pool, so that no caller is kept for ever.
    private const int MaxRoundsForOthers = 8;

    private readonly DurableFile _file = new(first);
    private CommitGroup _spare = new();
    private bool _leading;
    private EvidenceLostException? _lost;

    /// <summary>Guards <see cref="Filling"/> and the choice of the leader; held while a line is encoded, never while one is written.</summary>
    public Lock Gate { get; } = new();

    /// <summary>The group that lines are added to. Under <see cref="Gate"/>.</summary>
    public CommitGroup Filling { get; private set; } = new();

    /// <summary>Why nothing can be kept any more; null while it can.</summary>
    public EvidenceLostException? Lost => Volatile.Read(ref _lost);

    /// <summary>Under <see cref="Gate"/>: the group to lead, or null when somebody leads and will write what is being filled.</summary>
    public CommitGroup? TryLead()
    {
        if (_leading || Filling.IsEmpty)
        {
            return null;
        }

        _leading = true;
        return Swap();
    }

    /// <summary>Writes the group, then what gathered meanwhile.</summary>
    /// <exception cref="EvidenceLostException">The group could not be written.</exception>
    public void Lead(CommitGroup mine)
    {
        if (!TryCommit(mine, out var next))
        {
            ThrowIfLost();
        }

        LeadForOthers(next);
    }

    /// <summary>Returns when the record stands on the disk; at once, without a task, when this caller flushes it itself.</summary>
    public ValueTask<EvidenceId> FlushedAsync(EvidenceId id)
    {
        try
        {
            var flushed = _file.Flush(id.Sequence);
            return flushed is null ? new ValueTask<EvidenceId>(id) : AfterFlushAsync(flushed, id);
        }
        catch (Exception broken)
        {
            throw Lose("flushed to disk", broken);
        }
    }

    /// <summary>Flushes what was written, unless somebody is doing so.</summary>
    public void FlushWritten()
    {
        try
        {
            _file.FlushIfIdle();
        }
        catch (Exception broken)
        {
            throw Lose("flushed to disk", broken);
        }
    }

    /// <summary>Ends everything: nothing is kept from here on, and everybody who waits is told.</summary>
    public EvidenceLostException Lose(string what, Exception broken, CommitGroup? group = null)
    {
        TaskCompletionSource? written;
        TaskCompletionSource? filling;
        EvidenceLostException lost;
        lock (Gate)
        {
            lost = _lost ??= new EvidenceLostException(
                $"evidence can no longer be kept: a record could not be {what} ({broken.GetType().Name}); everything is refused until Postern is started again", broken);
            written = group?.Reset();
            filling = Filling.Reset();
        }

        written?.SetException(lost);
        filling?.SetException(lost);
        return lost;
    }

    public void ThrowIfLost()
    {
        if (Lost is { } lost)
        {
            throw new EvidenceLostException(lost.Message, lost.InnerException);
        }
    }

    public void Dispose() => _file.Dispose();

    private CommitGroup Swap()
    {
        var full = Filling;
        Filling = _spare;
        return full;
    }

    private void LeadForOthers(CommitGroup? next)
    {
        for (var rounds = MaxRoundsForOthers; next is not null && rounds > 0; rounds--)
        {
            _ = TryCommit(next, out next);
        }

        if (next is not null)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static work => work.Commit.LeadForOthers(work.Next), (Commit: this, Next: next), preferLocal: false);
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
        lock (Gate)
        {
            _file.WrittenThrough(group.LastSequence);
            waiting = group.Reset();
            _spare = group;
            _leading = !Filling.IsEmpty && _lost is null;
            next = _leading ? Swap() : null;
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
            _file.Replace(folder.Create(new EvidenceFileName(chain, firstSequence).ToString()));
            start = offset;
        }

        _file.Write(lines[start..]);
    }

    private async ValueTask<EvidenceId> AfterFlushAsync(Task flushed, EvidenceId id)
    {
        try
        {
            await flushed.ConfigureAwait(false);
            return id;
        }
        catch (Exception broken)
        {
            throw Lose("flushed to disk", broken);
        }
    }
}
