using System.Collections.Frozen;
using Postern.Engine.Inspection;

namespace Postern.Transports.Control;

/// <summary>
/// Stops everything while any of its sources says so, and single actors while the operator says so. Whatever runs is told by a token at
/// once; the two files are looked at every 50 ms, so that no source takes longer than 100 ms.
/// </summary>
public sealed class KillSwitch : IHalt, IDisposable
{
    private static readonly TimeSpan s_pollPeriod = TimeSpan.FromMilliseconds(50);
    private readonly Lock _gate = new();
    private readonly ITimer _poll;
    private readonly PresenceFile _operator;
    private readonly bool[] _sources = new bool[Enum.GetValues<HaltSource>().Length];

    /// <summary>Sessions that are told apart; those beyond share one fate, and are cut together.</summary>
    private const int MaxSessions = 10_000;

    private const string Others = "";

    // Of actors there are as many as somebody named, times the addresses that they come from.
    private readonly Dictionary<string, CancellationTokenSource> _running = new(StringComparer.Ordinal);
    private PresenceFile _sentinel = new(string.Empty);
    private FrozenSet<string> _stoppedHere = [];
    private FrozenSet<string> _stoppedEverywhere = [];
    private volatile FrozenSet<string> _stopped = [];
    private volatile bool _isHalted;
    private bool _isSetHere;
    private int _epoch;

    /// <summary>A switch that is off, unless the operator left it on.</summary>
    /// <param name="time">The clock of the polls.</param>
    /// <param name="operatorFile">On while this file exists; empty for none.</param>
    public KillSwitch(TimeProvider time, string operatorFile = "")
    {
        ArgumentNullException.ThrowIfNull(time);
        _operator = new PresenceFile(operatorFile);
        _poll = time.CreateTimer(static self => ((KillSwitch)self!).Poll(), this, s_pollPeriod, s_pollPeriod);
        Poll();
    }

    /// <summary>Told of every change in words for the evidence, after it took effect. Must not throw.</summary>
    public event Action<string>? Changed;

    /// <summary>Told of every actor whose session was terminated, after it took effect. Must not throw.</summary>
    public event Action<string>? Terminated;

    /// <summary>Where the operator's words are kept for all instances; null when there is one. To be set before anything is stopped.</summary>
    public ISharedHalt? Shared { get; set; }

    /// <summary>Changes with everything that is said here to all instances; what was read before that is old.</summary>
    public int Epoch => Volatile.Read(ref _epoch);

    /// <inheritdoc/>
    public bool IsHalted => _isHalted;

    /// <summary>Actors that the operator stopped.</summary>
    public IReadOnlyCollection<string> Stopped => _stopped;

    /// <summary>True while <paramref name="source"/> holds the switch on.</summary>
    public bool IsHeldBy(HaltSource source)
    {
        lock (_gate)
        {
            return _sources[(int)source];
        }
    }

    /// <inheritdoc/>
    public bool Stops(string actor) => _isHalted || (_stopped.Count > 0 && _stopped.Contains(actor));

    /// <inheritdoc/>
    public CancellationToken Halted(string actor)
    {
        lock (_gate)
        {
            var key = _running.Count < MaxSessions || _running.ContainsKey(actor) ? actor : Others;
            if (!_running.TryGetValue(key, out var source))
            {
                _running[key] = source = new CancellationTokenSource();
            }

            return Stops(actor) ? new CancellationToken(canceled: true) : source.Token;
        }
    }

    /// <summary>Takes over what the configuration says.</summary>
    /// <param name="enabled">On by configuration.</param>
    /// <param name="sentinelFile">On while this file exists; empty for none.</param>
    public void Configure(bool enabled, string sentinelFile)
    {
        lock (_gate)
        {
            _sentinel = new PresenceFile(sentinelFile);
        }

        Change("the configuration", sources => sources[(int)HaltSource.Config] = enabled);
        Poll();
    }

    /// <summary>The operator's signal: on when it was off, off when it was on.</summary>
    public void Toggle() => Change("a signal", static sources => sources[(int)HaltSource.Signal] ^= true);

    /// <summary>
    /// Turns the operator's own source on or off: for all instances where they share their state, else for this run and every other of the same home.
    /// Where the others cannot be told, on holds for this home, and off changes nothing; the sources say so.
    /// </summary>
    /// <param name="isOn">On or off; other sources stay as they are.</param>
    /// <param name="by">Who says so, for the evidence.</param>
    /// <exception cref="IOException">It holds in this run, and could not be kept for others.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, for lack of rights.</exception>
    public void Set(bool isOn, string by)
    {
        if (isOn)
        {
            Change(by, sources => sources[(int)HaltSource.Api] = _isSetHere = true);
        }

        var isShared = Tell(string.Empty, isOn, by);

        // From here on the file or the database alone says it, so that any run that reads it can take it back.
        _operator.Set(isOn && !isShared);
        Change(by, sources =>
        {
            sources[(int)HaltSource.Shared] = isShared ? isOn : sources[(int)HaltSource.Shared];
            sources[(int)HaltSource.Api] = (_isSetHere = isOn && !isShared && !_operator.IsNamed) || _operator.IsPresent();
        });
    }

    /// <summary>Takes over what is kept for all instances.</summary>
    /// <param name="epoch">What <see cref="Epoch"/> was before it was read; where it is another by now, nothing is taken over.</param>
    /// <param name="isOn">Whether the switch is on.</param>
    /// <param name="stopped">Actors that are stopped.</param>
    /// <returns>False when nothing was taken over.</returns>
    public bool Follow(int epoch, bool isOn, IEnumerable<string> stopped)
    {
        var isNew = false;
        Change("another instance", sources =>
        {
            isNew = epoch == Epoch;
            if (isNew)
            {
                sources[(int)HaltSource.Shared] = isOn;
                _stoppedEverywhere = stopped.ToFrozenSet(StringComparer.Ordinal);
            }
        });
        Settle("another instance");
        return isNew;
    }

    /// <summary>Whether what is kept for all instances can be read.</summary>
    public void Reach(bool isReached) => Change("the shared state", sources => sources[(int)HaltSource.Unreachable] = !isReached);

    /// <summary>Stops everything of one actor, or lets it go on.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="isStopped">Stop or go on.</param>
    /// <param name="by">Who says so, for the evidence.</param>
    public void Stop(string actor, bool isStopped, string by)
    {
        var isShared = Tell(actor, isStopped, by);
        lock (_gate)
        {
            _stoppedHere = With(_stoppedHere, actor, isStopped && !isShared);
            _stoppedEverywhere = isShared ? With(_stoppedEverywhere, actor, isStopped) : _stoppedEverywhere;
        }

        Settle(by);
    }

    /// <inheritdoc/>
    public void CutOff(string actor)
    {
        CancellationTokenSource[] ended;
        lock (_gate)
        {
            ended = Take(actor);
        }

        Cancel(ended);
    }

    /// <inheritdoc/>
    public void Dispose() => _poll.Dispose();

    /// <summary>What runs of one session, and with it of those that have no place of their own. Under the lock.</summary>
    private CancellationTokenSource[] Take(string actor)
    {
        _running.Remove(actor, out var own);
        _running.Remove(Others, out var others);
        return [.. new[] { own, others }.OfType<CancellationTokenSource>()];
    }

    private static FrozenSet<string> With(FrozenSet<string> actors, string actor, bool isIn) =>
        (isIn ? actors.Append(actor) : actors.Where(one => one != actor)).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>False when there is nobody to tell, or the database cannot be reached.</summary>
    private bool Tell(string actor, bool isOn, string by)
    {
        var isTold = Shared?.TrySet(actor, isOn, by) ?? false;
        Interlocked.Add(ref _epoch, isTold ? 1 : 0);
        return isTold;
    }

    /// <summary>Makes it so that those are stopped who should be.</summary>
    private void Settle(string by)
    {
        CancellationTokenSource[] ended;
        string[] added, removed;
        lock (_gate)
        {
            var stopped = _stoppedHere.Union(_stoppedEverywhere).ToFrozenSet(StringComparer.Ordinal);
            (added, removed) = ([.. stopped.Except(_stopped)], [.. _stopped.Except(stopped)]);
            _stopped = added.Length + removed.Length > 0 ? stopped : _stopped;
            ended = [.. added.SelectMany(Take)];
        }

        Cancel(ended);
        foreach (var actor in removed)
        {
            Changed?.Invoke($"session {actor} released by {by}");
        }

        foreach (var actor in added)
        {
            Changed?.Invoke($"session {actor} terminated by {by}");
            Terminated?.Invoke(actor);
        }
    }

    private static void Cancel(CancellationTokenSource[] ended)
    {
        foreach (var source in ended)
        {
            source.Cancel();
        }
    }

    private void Poll() => Change("a file", sources =>
    {
        sources[(int)HaltSource.Api] = _isSetHere || _operator.IsPresent();
        sources[(int)HaltSource.Sentinel] = _sentinel.IsPresent();
    });

    /// <summary>Changes sources; whoever runs is told outside the lock, because what hears it may ask here again.</summary>
    private void Change(string by, Action<bool[]> change)
    {
        CancellationTokenSource[] ended = [];
        bool isHalted;
        string held;
        lock (_gate)
        {
            var before = _isHalted;
            change(_sources);
            _isHalted = isHalted = Array.IndexOf(_sources, true) >= 0;
            if (isHalted == before)
            {
                return;
            }

            held = string.Join(", ", Enum.GetValues<HaltSource>().Where(source => _sources[(int)source])).ToLowerInvariant();
            if (isHalted)
            {
                ended = [.. _running.Values];
                _running.Clear();
            }
        }

        Cancel(ended);
        Changed?.Invoke(isHalted ? $"kill switch on by {by} ({held})" : $"kill switch off by {by}");
    }
}
