namespace Postern.Transports.Control;

/// <summary>Who holds the kill switch on; each holds it by itself.</summary>
public enum HaltSource
{
    /// <summary><c>kill_switch.enabled</c>.</summary>
    Config,

    /// <summary>The control API or <c>postern kill on</c>: a file in Postern's home, which outlasts a restart and holds every run of that home.</summary>
    Api,

    /// <summary>SIGUSR1.</summary>
    Signal,

    /// <summary><c>kill_switch.sentinel_file</c>.</summary>
    Sentinel,

    /// <summary>The operator, at any instance that shares its state (<c>shared_state</c>).</summary>
    Shared,

    /// <summary>The shared state cannot be read: whether somebody halted everything is not known.</summary>
    Unreachable,
}
