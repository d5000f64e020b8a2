using System.Threading.Channels;
using Postern.Sandbox.Watching;

namespace Postern.Program.Sentinel;

/// <summary>Carries what the kernel tells from its queue to whoever looks at it, on a thread of its own: waiting for the kernel blocks.</summary>
internal sealed class ChangePump : IDisposable
{
    /// <summary>Changes on their way; then the kernel's queue fills, and says when it lost some.</summary>
    private const int MaxChanges = 4096;

    private const int PatienceMs = 200;

    /// <summary>Clocks of files tick coarsely, and what was lost is looked for from a little earlier on.</summary>
    private const long SlackNs = 2_000_000_000;

    private readonly WorkspaceWatch _watch;
    private readonly Channel<FileChange> _changes = Channel.CreateBounded<FileChange>(MaxChanges);
    private readonly Thread _thread;
    private volatile bool _isOver;
    private volatile bool _isClosed;

    /// <summary>Begins.</summary>
    public ChangePump(WorkspaceWatch watch)
    {
        _watch = watch;
        _thread = new Thread(Run) { IsBackground = true, Name = "file sentry" };
        _thread.Start();
    }

    /// <summary>What changed; a default value stands for changes that were lost. Ends after <see cref="Stop"/>, with what there was until then.</summary>
    public ChannelReader<FileChange> Changes => _changes.Reader;

    /// <summary>Reads what is there, and no more.</summary>
    public void Stop() => _isOver = true;

    /// <inheritdoc/>
    public void Dispose()
    {
        Stop();
        _isClosed = true;
        _thread.Join();
    }

    private void Run()
    {
        try
        {
            ReadAll();
            _changes.Writer.TryComplete();
        }
        catch (Exception e) when (Mishap.Is(e))
        {
            _changes.Writer.TryComplete(e);
        }
    }

    private void ReadAll()
    {
        var inStepNs = NowNs();
        List<FileChange> seen = [];
        for (var isLast = false; !isLast && !_isClosed;)
        {
            isLast = _isOver;
            var nowNs = NowNs();
            seen.Clear();
            if (!_watch.Read(seen, isLast ? 0 : PatienceMs))
            {
                Put(default);
                seen.AddRange(_watch.All().Where(change => IsSince(change, inStepNs)));
            }

            // The last reading goes on until nothing is there.
            isLast &= seen.Count == 0;
            inStepNs = seen.Count == 0 ? nowNs : inStepNs;
            seen.ForEach(Put);
        }
    }

    /// <summary>Waits when nobody takes; gives up when nobody will.</summary>
    private void Put(FileChange change)
    {
        while (!_changes.Writer.TryWrite(change) && !_isClosed)
        {
            Thread.Sleep(1);
        }
    }

    private static bool IsSince(FileChange change, long sinceNs)
    {
        using var place = change.Root.OpenPlace(change.Relative);
        return place is not null && GuardedFolder.StatusOf(place) is { } status && status.ChangedNs >= sinceNs - SlackNs;
    }

    private static long NowNs() => DateTime.UtcNow.Subtract(DateTime.UnixEpoch).Ticks * 100;
}
