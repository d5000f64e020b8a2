using System.Runtime.InteropServices;
using Postern.Engine.Configuration;
using Postern.Engine.Policy;

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
    private Task _notes = Task.CompletedTask;

    /// <summary>True when a command runs behind the firewall, which could change the file itself; default false.</summary>
    public bool RefusesWeakening { get; init; }

    /// <summary>Watches the file that <paramref name="loaded"/> came from.</summary>
    public ConfigReload(Firewall firewall, LoadedConfig loaded, string path)
    {
        (_firewall, _current, _file, _path) = (firewall, loaded, loaded, path);
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
        await _notes.ConfigureAwait(false);
    }

    /// <summary>Editors write in several steps: wait until they are done.</summary>
    private void Soon() => _timer.Change(s_settle, Timeout.InfiniteTimeSpan);

    private void Reload()
    {
        lock (_gate)
        {
            try
            {
                Take(ConfigFile.LoadForReload(_path));
            }
            catch (ConfigException e)
            {
                Console.Error.WriteLine("postern: reload refused, the policy in force stays:\n" + e.Message);
            }
        }
    }

    private void Take(LoadedConfig file)
    {
        if (ConfigDiff.Compare(_file.Config, file.Config).Count == 0)
        {
            return;
        }

        foreach (var expired in SuppressionList.Expired(file.Config, TimeProvider.System.GetUtcNow()))
        {
            Console.Error.WriteLine("postern: " + expired);
        }

        var next = ConfigFile.InForce(file, _current.Config);
        var weaker = ConfigDiff.Weakenings(_current.Config, next.Config);
        foreach (var change in weaker)
        {
            Console.Error.WriteLine($"postern: weaker: {change.Key}: {change.Before} -> {change.After}");
        }

        if (weaker.Count > 0 && (RefusesWeakening || _current.Config.Mode == Mode.Strict))
        {
            var why = RefusesWeakening ? "the command behind the firewall may have written it" : "strict mode takes no change that weakens protection";
            Console.Error.WriteLine($"postern: reload refused: {why}; restart to apply it");
            return;
        }

        _file = file;
        foreach (var change in ConfigDiff.Compare(next.Config, file.Config))
        {
            Console.Error.WriteLine($"postern: {change.Key} changes at the next start{(change.Effect == ChangeEffect.Weakens ? ", and weakens protection then" : "")}");
        }

        if (ConfigDiff.Compare(_current.Config, next.Config).Count > 0)
        {
            Apply(next, weaker);
        }
    }

    private void Apply(LoadedConfig next, IReadOnlyList<ConfigChange> weaker)
    {
        var snapshot = _firewall.Apply(next);
        _current = next;
        var note = $"policy reloaded as revision {snapshot.Revision}; weaker keys: {(weaker.Count == 0 ? "none" : string.Join(", ", weaker.Select(static change => change.Key)))}";
        _notes = Task.WhenAll(_notes, NoteAsync(note));
        Console.Error.WriteLine("postern: " + note);
    }

    private async Task NoteAsync(string note)
    {
        try
        {
            await _firewall.NoteAsync(note).ConfigureAwait(false);
        }
        catch (Engine.Evidence.EvidenceLostException e)
        {
            Console.Error.WriteLine("postern: the reload stands in no record: " + e.Message);
        }
    }
}
