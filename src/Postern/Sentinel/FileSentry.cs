using Postern.Engine.Configuration.Sections;
using Postern.Engine.Flow;
using Postern.Program.Running;
using Postern.Sandbox;
using Postern.Sandbox.Watching;
using Postern.Transports.Files;

namespace Postern.Program.Sentinel;

/// <summary>
/// Watches workspaces: looks at each file once it rests, and has what is objected to judged and recorded. What comes faster than it can be
/// looked at waits, first here, then in the kernel; what the kernel loses is said, and looked for.
/// </summary>
internal sealed class FileSentry : IAsyncDisposable
{
    /// <summary>Files that wait to be looked at.</summary>
    private const int MaxPending = 10_000;

    /// <summary>Files that wait for the answer of a person.</summary>
    private const int MaxAsked = 64;

    /// <summary>How long a file must rest, so that an editor's steps are one change.</summary>
    private static readonly TimeSpan s_settle = TimeSpan.FromMilliseconds(50);

    /// <summary>A file that never rests is looked at all the same.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(1);

    /// <summary>What was written before the end is looked at; not longer.</summary>
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(5);

    private readonly Firewall _firewall;
    private readonly SentryScope _scope;
    private readonly WorkspaceWatch _watch;
    private readonly Quarantine? _quarantine;
    private readonly FileJudge _judge;
    private readonly FileReader _reader = new(TimeProvider.System);
    private readonly FileLedger _agentFiles = new();
    private readonly FileLedger _others = new();
    private readonly FileLedger _links = new();
    private readonly Dictionary<string, Pending> _pending = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _asked = new(MaxAsked);
    private readonly CancellationTokenSource _over = new();
    private readonly ChangePump _pump;
    private readonly Task _loop;
    private int _said;

    private FileSentry(Firewall firewall, LoadedConfig loaded, SentryPlaces places)
    {
        var section = loaded.Config.FileSentry;
        _firewall = firewall;
        _scope = new SentryScope(section, places.Own);
        _quarantine = section.QuarantineDir.Length > 0 ? new Quarantine(section.QuarantineDir) : null;
        _judge = new FileJudge(firewall, new FileCheckpoint(firewall.Parts.Inspector, firewall.Policies, places.Agent), section.AgentFiles == ScanAction.Ask ? Direction.Outbound : Direction.Inbound, path => Forget(path), _quarantine);
        _watch = new WorkspaceWatch(places.Folders, _scope.LooksInto);
        LearnAgentFiles();
        _pump = new ChangePump(_watch);
        _loop = RunAsync();
        _ = _loop.ContinueWith(ended => firewall.Note("file sentry: ended, nothing is watched any more: " + ended.Exception!.InnerException!.Message), CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        firewall.Note($"file sentry: watches {string.Join(", ", places.Folders.Select(Terminal.Plain))}; {(_watch.KnowsWriters ? "the kernel says who writes" : "who writes is known only when it is seen with the file open")}");
        SayUnwatched();
    }

    /// <summary>Begins to watch; null when nothing is to be watched.</summary>
    /// <exception cref="ContainmentException">There can be no watch, and there must.</exception>
    public static FileSentry? Start(Firewall firewall, LoadedConfig loaded, SentryPlaces places)
    {
        if (!loaded.Config.FileSentry.Enabled || places.Folders.Count == 0)
        {
            return null;
        }

        try
        {
            return WorkspaceWatch.IsSupported ? new FileSentry(firewall, loaded, places) : throw new ContainmentException("file_sentry needs Linux");
        }
        catch (Exception e) when (Mishap.Is(e) && loaded.Config.FileSentry.BestEffort)
        {
            Terminal.Fail($"NOT WATCHED, what is written into workspaces: {e.Message}");
            firewall.Note("file sentry: nothing is watched: " + e.Message);
            return null;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _pump.Stop();
        _over.CancelAfter(s_farewell);
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!_loop.IsCompletedSuccessfully)
        {
            _firewall.Note($"file sentry: ended before everything was looked at; {_pending.Count + _pump.Changes.Count} changes at least were not");
        }

        await _over.CancelAsync().ConfigureAwait(false);
        for (var left = MaxAsked; left > 0; left--)
        {
            await _asked.WaitAsync().ConfigureAwait(false);
        }

        if (_judge.Refused > 0)
        {
            Terminal.Fail($"{_judge.Refused} of the files that were written {(_quarantine is null ? "hold what is refused" : "were refused and moved aside")}: postern evidence show {_firewall.EvidenceDirectory}");
        }

        _pump.Dispose();
        _watch.Dispose();
        _quarantine?.Dispose();
        _asked.Dispose();
        _over.Dispose();
    }

    /// <summary>What steers agents already is no news.</summary>
    private void LearnAgentFiles()
    {
        foreach (var change in _watch.All().Where(change => _scope.Steers(change.Root.Path, change.Relative)))
        {
            if (_reader.Read(change, _watch) is var (_, digest))
            {
                _agentFiles.IsNews(Path.Join(change.Root.Path, change.Relative), digest);
            }
        }
    }

    private async Task RunAsync()
    {
        for (var isMore = true; isMore || _pending.Count > 0;)
        {
            isMore = isMore && (_pending.Count > 0 || await _pump.Changes.WaitToReadAsync(_over.Token).ConfigureAwait(false));
            while (_pending.Count < MaxPending && _pump.Changes.TryRead(out var change))
            {
                Remember(change);
            }

            isMore = isMore && !_pump.Changes.Completion.IsCompleted;
            foreach (var (path, _) in _pending.Where(pair => !isMore || pair.Value.IsDue).ToList())
            {
                _pending.Remove(path, out var due);
                await LookAsync(due.Change, path).ConfigureAwait(false);
            }

            if (isMore && _pending.Count > 0)
            {
                await Task.Delay(s_settle, _over.Token).ConfigureAwait(false);
            }
        }
    }

    private void Remember(FileChange change)
    {
        if (change.Root is null)
        {
            _firewall.Note("file sentry: more changed than the kernel keeps; everything that was written since is looked at");
            foreach (var (folder, file) in _agentFiles.Paths.SelectMany(path => _watch.Roots.Where(root => path.StartsWith(root.Path + "/", StringComparison.Ordinal)).Select(root => (root, path))))
            {
                Remember(new FileChange(folder, Path.GetRelativePath(folder.Path, file)));
            }

            return;
        }

        var path = Path.Join(change.Root.Path, change.Relative);
        if (change.Relative.Contains('\uFFFD', StringComparison.Ordinal))
        {
            _firewall.Note($"file sentry: {Terminal.Plain(path)} could not be looked at: its name is no UTF-8");
            return;
        }

        if (!_scope.Steers(change.Root.Path, change.Relative) && !_scope.Searches(change.Root.Path, change.Relative))
        {
            return;
        }

        var now = Environment.TickCount64;
        _pending[path] = _pending.TryGetValue(path, out var known)
            ? new Pending(change with { Holder = change.Holder ?? known.Change.Holder }, known.First, now)
            : new Pending(change, now, now);
    }

    private async Task LookAsync(FileChange change, string path)
    {
        try
        {
            if (await SeeAsync(change, path).ConfigureAwait(false) is { } seen && await _judge.SearchAsync(seen, _over.Token).ConfigureAwait(false) is { IsOfInterest: true } objected)
            {
                await _asked.WaitAsync(_over.Token).ConfigureAwait(false);
                _ = RuleAsync(objected);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _firewall.Note($"file sentry: {Terminal.Plain(path)} could not be looked at: {e.GetType().Name}");
        }
    }

    /// <summary>What is new about it; null when nothing is.</summary>
    private async Task<Sighting?> SeeAsync(FileChange change, string path)
    {
        var steers = _scope.Steers(change.Root.Path, change.Relative);
        var read = _reader.Read(change, _watch);
        await _reader.RestAsync(_over.Token).ConfigureAwait(false);
        SayUnwatched();
        if (read is not var (seen, digest))
        {
            // A link in the place of such a file is a change of it, wherever it leads.
            var isLink = steers && new FileInfo(path).LinkTarget is { } target && _links.IsNews(path, target);
            return Forget(path) || isLink ? new Sighting(change.Root, change.Relative) { Steers = true, IsLink = isLink } : null;
        }

        return (steers ? _agentFiles : _others).IsNews(path, digest) ? seen with { Steers = steers } : null;
    }

    /// <summary>Forgets what a file held, and says whether it was one that steers agents.</summary>
    private bool Forget(string path)
    {
        _others.Forget(path);
        return _agentFiles.Forget(path);
    }

    private async Task RuleAsync(Sighting seen)
    {
        try
        {
            await _judge.RuleAsync(seen, _over.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (Mishap.Is(e) || e is OperationCanceledException)
        {
            _firewall.Note($"file sentry: what was found in a file could not be dealt with: {e.Message}");
        }
        finally
        {
            _asked.Release();
        }
    }

    private void SayUnwatched()
    {
        if (_watch.Unwatched > _said)
        {
            _said = _watch.Unwatched;
            _firewall.Note($"file sentry: {_said} folders are not watched: there are too many, or they cannot be read");
        }
    }

    /// <summary>A change that waits until its file rests.</summary>
    private readonly record struct Pending(FileChange Change, long First, long Last)
    {
        public bool IsDue => Environment.TickCount64 is var now && (now - Last >= s_settle.TotalMilliseconds || now - First >= s_longest.TotalMilliseconds);
    }
}
