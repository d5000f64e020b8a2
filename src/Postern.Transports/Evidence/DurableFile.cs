namespace Postern.Transports.Evidence;

/// <summary>
/// The file being written, and how far it stands on the disk. One caller flushes for everybody who waits; those who come while it
/// does share the next flush. A flush that fails is never tried again: the system may have dropped the pages and say yes the second time.
/// </summary>
internal sealed class DurableFile(IRecordFile first) : IDisposable
{
    // Held during a flush and while the file changes, so that no flush meets a closed file.
    private readonly Lock _use = new();
    private readonly Lock _gate = new();
    private IRecordFile _file = first;
    private long _written = -1;
    private long _flushed = -1;
    private bool _flushing;
    private TaskCompletionSource? _next;
    private Exception? _broken;

    /// <summary>Appends; only the leader calls it.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.IsEmpty)
        {
            _file.Write(bytes);
        }
    }

    /// <summary>Everything up to this record was written.</summary>
    public void WrittenThrough(long sequence)
    {
        lock (_gate)
        {
            _written = sequence;
        }
    }

    /// <summary>Goes on in another file; the old one is flushed and closed. Only the leader calls it.</summary>
    public void Replace(IRecordFile next)
    {
        lock (_use)
        {
            _file.Flush();
            _file.Dispose();
            _file = next;
        }
    }

    /// <summary>
    /// Makes a record that was written stand on the disk. Null: it does. A task: the flush runs on the pool, because callers may be
    /// I/O threads that others wait for; or somebody else's is on its way, and the task ends with the flush after that.
    /// </summary>
    public Task? Flush(long sequence)
    {
        lock (_gate)
        {
            ThrowIfBroken();
            if (_flushed >= sequence)
            {
                return null;
            }

            if (_flushing)
            {
                return (_next ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }

            _flushing = true;
        }

        return Task.Run(() => FlushFor(waiting: null));
    }

    /// <summary>Flushes what was written, unless somebody is doing so.</summary>
    public void FlushIfIdle()
    {
        lock (_gate)
        {
            ThrowIfBroken();
            if (_flushing || _flushed >= _written)
            {
                return;
            }

            _flushing = true;
        }

        FlushFor(waiting: null);
    }

    public void Dispose()
    {
        lock (_use)
        {
            _file.Dispose();
        }
    }

    private void FlushFor(TaskCompletionSource? waiting)
    {
        long through;
        lock (_gate)
        {
            through = _written;
        }

        try
        {
            lock (_use)
            {
                _file.Flush();
            }
        }
        catch (Exception broken)
        {
            Break(broken, waiting);
            throw;
        }

        TaskCompletionSource? next;
        lock (_gate)
        {
            _flushed = through;
            next = _next;
            _next = null;
            _flushing = next is not null;
        }

        waiting?.SetResult();
        if (next is not null)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static work => work.File.FlushInPool(work.Next), (File: this, Next: next), preferLocal: false);
        }
    }

    private void FlushInPool(TaskCompletionSource waiting)
    {
        try
        {
            FlushFor(waiting);
        }
        catch (Exception broken) when (ReferenceEquals(broken, _broken))
        {
            // Break has told everybody who waits; nobody stands above this frame.
        }
    }

    private void Break(Exception broken, TaskCompletionSource? waiting)
    {
        TaskCompletionSource? next;
        lock (_gate)
        {
            _broken = broken;
            next = _next;
            _next = null;
        }

        waiting?.SetException(broken);
        next?.SetException(broken);
    }

    private void ThrowIfBroken()
    {
        if (_broken is not null)
        {
            throw new IOException("An earlier flush failed.", _broken);
        }
    }
}
