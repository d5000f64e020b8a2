using System.Globalization;
using Postern.Sandbox.Watching;

namespace Postern.Program.Sentinel;

/// <summary>A folder that files are moved into instead of being deleted, each with a note of where it came from.</summary>
internal sealed class Quarantine : IDisposable
{
    private const int MaxNameCharacters = 100;

    private readonly GuardedFolder _folder;
    private int _moved;

    /// <summary>Opens it; made when it is not there, readable by its owner only.</summary>
    public Quarantine(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        _folder = new GuardedFolder(path);
    }

    /// <summary>Moves what was seen.</summary>
    /// <returns>What came of it, for people.</returns>
    public string Take(Sighting seen)
    {
        if (seen.Identity is not { } identity)
        {
            return "there is nothing to move";
        }

        var leaf = string.Concat(Path.GetFileName(seen.Relative).Where(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-').Take(MaxNameCharacters));
        var name = string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:yyyyMMdd'T'HHmmssfff}-{Interlocked.Increment(ref _moved)}-{leaf}");
        if (seen.Root.Move(seen.Relative, identity, _folder, name) is { } fault)
        {
            return "not moved: " + fault;
        }

        File.WriteAllText(Path.Join(_folder.Path, name + ".from"), Path.Join(seen.Root.Path, seen.Relative) + "\n");
        return "moved to the quarantine as " + name + (identity.Links > 1 ? string.Create(CultureInfo.InvariantCulture, $"; it has {identity.Links - 1} other names, which stay") : "");
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();
}
