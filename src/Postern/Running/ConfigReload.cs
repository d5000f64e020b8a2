using System.Runtime.InteropServices;
using Postern.Engine.Configuration;
using Postern.Engine.Policy;
using Postern.Transports.Control;

namespace Postern.Program.Running;

/// <summary>
/// Puts a changed configuration file in force: on a change of the file and on SIGHUP. A file with errors changes nothing; a
/// change that weakens protection is announced, and refused in strict mode.
/// </summary>
internal sealed class ConfigReload : IAsyncDisposable
{
    private static readonly TimeSpan s_settle = TimeSpan.FromMilliseconds(100);
    private readonly Firewall _firewall;
    private readonly string _path;
    private readonly Timer _timer;
    private readonly FileSystemWatcher _watcher;
    private readonly PosixSignalRegistration? _hangUp;
    private readonly Lock _gate = new();
    private LoadedConfig _current;
    private LoadedConfig _file;
    private List<string> _said = [];

    /// <summary>True when a command runs behind the firewall, which could change the file itself; default false.</summary>
    public bool RefusesWeakening { get; init; }

    /// <summary>Watches the file that <paramref name="loaded"/> came from.</summary>
    public ConfigReload(Firewall firewall, LoadedConfig loaded, string path)
    {
        (_firewall, _current, _file, _path) = (firewall, loaded, loaded, path);
        firewall.Control?.Reload = Reload;
        _timer = new Timer(static self => ((ConfigReload)self!).Reload(), this, Timeout.Infinite, Timeout.Infinite);
        _watcher = new FileSystemWatcher(Path.GetDirectoryName(path)!, Path.GetFileName(path));
        _watcher.Changed += (_, _) => Soon();
        _watcher.Created += (_, _) => Soon();
        _watcher.Renamed += (_, _) => Soon();
        _watcher.EnableRaisingEvents = true;
        _hangUp = OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
        {
            context.Cancel = true;
            Soon();
        });
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _watcher.Dispose();
        _hangUp?.Dispose();

        // Waits for a reload that is under way, so that no note begins after this.
        await _timer.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Editors write in several steps: wait until they are done.</summary>
    private void Soon() => _timer.Change(s_settle, Timeout.InfiniteTimeSpan);

    /// <summary>Reads the file now, and says what came of it.</summary>
    public ReloadReport Reload()
    {
        lock (_gate)
        {
            _said = [];
            try
            {
                return new ReloadReport(!TryTake(ConfigFile.LoadForReload(_path)), _said);
            }
            catch (ConfigException e)
            {
                Say("reload refused, the policy in force stays:\n" + e.Message);
                return new ReloadReport(IsRefused: true, _said);
            }
        }
    }

    private void Say(string line)
    {
        _said.Add(line);
        Console.Error.WriteLine("postern: " + line);
    }

    private bool TryTake(LoadedConfig file)
    {
        if (ConfigDiff.Compare(_file.Config, file.Config).Count == 0)
        {
            return true;
        }

        foreach (var expired in SuppressionList.Expired(file.Config, TimeProvider.System.GetUtcNow()))
        {
            Say(expired);
        }

        var next = ConfigFile.InForce(file, _current.Config);
        var weaker = ConfigDiff.Weakenings(_current.Config, next.Config);
        foreach (var change in weaker)
        {
            Say($"weaker: {change.Key}: {change.Before} -> {change.After}");
        }

        if (weaker.Count > 0 && (RefusesWeakening || _current.Config.Mode == Mode.Strict))
        {
            var why = RefusesWeakening ? "the command behind the firewall may have written it" : "strict mode takes no change that weakens protection";
            Say($"reload refused: {why}; restart to apply it");
            return false;
        }

        _file = file;
        foreach (var change in ConfigDiff.Compare(next.Config, file.Config))
        {
            Say($"{change.Key} changes at the next start{(change.Effect == ChangeEffect.Weakens ? ", and weakens protection then" : "")}");
        }

        if (ConfigDiff.Compare(_current.Config, next.Config).Count > 0)
        {
            Apply(next, weaker);
        }

        return true;
    }

    private void Apply(LoadedConfig next, IReadOnlyList<ConfigChange> weaker)
    {
        var snapshot = _firewall.Apply(next);
        _current = next;
        var note = $"policy reloaded as revision {snapshot.Revision}; weaker keys: {(weaker.Count == 0 ? "none" : string.Join(", ", weaker.Select(static change => change.Key)))}";
        _firewall.Note(note);
        Say(note);
    }
}
