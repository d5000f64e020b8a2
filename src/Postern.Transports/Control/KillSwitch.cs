namespace Postern.Transports.Control;

/// <summary>
/// Stops everything while any of its sources says so: the configuration, a sentinel file, an operator's signal. A sentinel
/// that cannot be looked at counts as present.
/// </summary>
public sealed class KillSwitch : IHaltSignal, IDisposable
{
    private static readonly TimeSpan s_pollPeriod = TimeSpan.FromMilliseconds(250);
    private readonly Lock _gate = new();
    private readonly ITimer _poll;
    private CancellationTokenSource _halted = new();
    private string _sentinelFile = string.Empty;
    private bool _byConfiguration;
    private bool _byOperator;
    private bool _bySentinel;
    private volatile bool _isHalted;

    /// <summary>A switch that is off.</summary>
    public KillSwitch(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        _poll = time.CreateTimer(static self => ((KillSwitch)self!).Poll(), this, s_pollPeriod, s_pollPeriod);
    }

    /// <inheritdoc/>
    public bool IsHalted => _isHalted;

    /// <inheritdoc/>
    public CancellationToken Halted
    {
        get
        {
            lock (_gate)
            {
                return _halted.Token;
            }
        }
    }

    /// <summary>Takes over what the configuration says.</summary>
    /// <param name="enabled">On by configuration.</param>
    /// <param name="sentinelFile">On while this file exists; empty for none.</param>
    public void Configure(bool enabled, string sentinelFile)
    {
        lock (_gate)
        {
            (_byConfiguration, _sentinelFile) = (enabled, sentinelFile);
            _bySentinel = IsPresent(sentinelFile);
            Decide();
        }
    }

    /// <summary>The operator's signal: on when it was off, off when it was on.</summary>
    public void Toggle()
    {
        lock (_gate)
        {
            _byOperator = !_byOperator;
            Decide();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _poll.Dispose();
        _halted.Dispose();
    }

    private void Poll()
    {
        lock (_gate)
        {
            _bySentinel = IsPresent(_sentinelFile);
            Decide();
        }
    }

    private void Decide()
    {
        var halted = _byConfiguration || _byOperator || _bySentinel;
        if (halted == _isHalted)
        {
            return;
        }

        _isHalted = halted;
        if (halted)
        {
            _halted.Cancel();
        }
        else
        {
            _halted.Dispose();
            _halted = new CancellationTokenSource();
        }
    }

    private static bool IsPresent(string file)
    {
        if (file.Length == 0)
        {
            return false;
        }

        try
        {
            File.GetAttributes(file);
            return true;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }
}
