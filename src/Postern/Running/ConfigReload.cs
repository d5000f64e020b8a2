using System.Runtime.InteropServices;
using Postern.Engine.Configuration;
using Postern.Engine.Policy;

namespace Postern.Program.Running;

/// <summary>
/// Puts a changed configuration file in force: on a change of the file and on SIGHUP. A file with errors changes nothing; a
/// change that weakens protection is announced, and refused in strict mode.
/// </summary>
internal sealed class ConfigReload : IDisposable
{
    private static readonly TimeSpan s_settle = TimeSpan.FromMilliseconds(100);
    private readonly Firewall _firewall;
    private readonly string _path;
    private readonly Timer _timer;
    private readonly FileSystemWatcher _watcher;
    private readonly PosixSignalRegistration? _hangUp;
    private readonly Lock _gate = new();
    private LoadedConfig _current;

    /// <summary>Watches the file that <paramref name="loaded"/> came from.</summary>
    public ConfigReload(Firewall firewall, LoadedConfig loaded, string path)
    {
        (_firewall, _current, _path) = (firewall, loaded, path);
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
    public void Dispose()
    {
        _watcher.Dispose();
        _hangUp?.Dispose();
        _timer.Dispose();
    }

    /// <summary>Editors write in several steps: wait until they are done.</summary>
    private void Soon() => _timer.Change(s_settle, Timeout.InfiniteTimeSpan);

    private void Reload()
    {
        lock (_gate)
        {
            try
            {
                Take(ConfigFile.Load(_path));
            }
            catch (ConfigException e)
            {
                Console.Error.WriteLine("postern: reload refused, the policy in force stays:\n" + e.Message);
            }
        }
    }

    private void Take(LoadedConfig next)
    {
        if (next.Hash == _current.Hash)
        {
            return;
        }

        var weaker = ConfigDiff.Weakenings(_current.Config, next.Config);
        foreach (var change in weaker)
        {
            Console.Error.WriteLine($"postern: weaker: {change.Key}: {change.Before} -> {change.After}");
        }

        if (weaker.Count > 0 && _current.Config.Mode == Mode.Strict)
        {
            Console.Error.WriteLine("postern: reload refused: strict mode takes no change that weakens protection; restart to apply it");
            return;
        }

        foreach (var change in ConfigDiff.Compare(_current.Config, next.Config).Where(static change => change.NeedsRestart))
        {
            Console.Error.WriteLine($"postern: {change.Key} changes at the next start");
        }

        var snapshot = _firewall.Apply(next);
        _current = next;
        var note = $"policy reloaded as revision {snapshot.Revision}; weaker keys: {(weaker.Count == 0 ? "none" : string.Join(", ", weaker.Select(static change => change.Key)))}";
        _ = NoteAsync(note);
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
