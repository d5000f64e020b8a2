namespace Postern.Sandbox.Watching;

/// <summary>Which folders are watched, and where each is. Folders move: what is known of them is forgotten then, and learned again.</summary>
internal sealed class WatchedTree(ChangeQueue queue, Func<string, bool> looksInto)
{
    /// <summary>Folders that are watched; the kernel's own bound is often higher (fs.inotify.max_user_watches).</summary>
    public const int MaxFolders = 50_000;

    private readonly Dictionary<int, (GuardedFolder Root, string Relative)> _places = [];

    /// <summary>Folders that are not watched, because there are too many, or the kernel has no room or no right for them.</summary>
    public int Unwatched { get; private set; }

    /// <summary>Where a watched folder is; false when it is not known any more.</summary>
    public bool TryFind(int watch, out (GuardedFolder Root, string Relative) place) => _places.TryGetValue(watch, out place);

    /// <summary>Watches a folder and what is below it, and says what lies there: it was perhaps written before the watch began.</summary>
    public IEnumerable<FileChange> Watch(GuardedFolder root, string relative)
    {
        var pending = new Stack<string>([relative]);
        while (pending.TryPop(out var at))
        {
            if (at.Length > 0 && !looksInto(Path.Join(root.Path, at)))
            {
                continue;
            }

            using var place = root.OpenPlace(at);
            if (place is null || GuardedFolder.StatusOf(place) is not { IsFolder: true })
            {
                continue;
            }

            // By the descriptor: the name may lead elsewhere by now.
            var path = "/proc/self/fd/" + place.DangerousGetHandle();
            var watch = _places.Count < MaxFolders ? queue.Add(path) : -1;
            if (watch < 0)
            {
                Unwatched++;
                continue;
            }

            _places[watch] = (root, at);
            foreach (var entry in EntriesOf(path))
            {
                var below = Path.Join(at, entry.Name);
                if (entry is DirectoryInfo { LinkTarget: null })
                {
                    pending.Push(below);
                }
                else
                {
                    yield return new FileChange(root, below);
                }
            }
        }
    }

    /// <summary>Forgets a folder that moved away, and what is below it.</summary>
    public void Forget(GuardedFolder root, string relative)
    {
        var below = relative + "/";
        foreach (var (watch, _) in _places.Where(pair => pair.Value.Root == root && (pair.Value.Relative == relative || pair.Value.Relative.StartsWith(below, StringComparison.Ordinal))).ToList())
        {
            queue.Remove(watch);
            _places.Remove(watch);
        }
    }

    /// <summary>Forgets a folder that the kernel does not watch any more.</summary>
    public void Forget(int watch) => _places.Remove(watch);

    private static FileSystemInfo[] EntriesOf(string path)
    {
        try
        {
            return new DirectoryInfo(path).GetFileSystemInfos();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is gone again, or not to be read: then nobody writes into it by us either.
            return [];
        }
    }
}
