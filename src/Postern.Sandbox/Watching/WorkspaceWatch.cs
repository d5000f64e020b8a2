using Postern.Sandbox.Kernel;
using Postern.Sandbox.Peers;

namespace Postern.Sandbox.Watching;

/// <summary>
/// Tells what changes in folders and below, on Linux. It sees every name that is made, written, renamed or removed there; not what is
/// written by another name of the same file that lies elsewhere. One thread reads at a time.
/// </summary>
public sealed unsafe class WorkspaceWatch : IDisposable
{
    /// <summary>Searches for who has a file open, in one reading: each looks through the descriptors of all processes.</summary>
    private const int MaxSearches = 8;

    private const ulong Readable = 1UL << 32;

    private readonly ChangeQueue _queue = new();
    private readonly WriterTrace? _writers;
    private readonly DescriptorSearch _search = new();
    private readonly List<GuardedFolder> _roots = [];
    private readonly List<RawChange> _raw = [];
    private readonly WatchedTree _tree;

    /// <summary>Watches from now on. What is written after this returns is seen.</summary>
    /// <param name="folders">Absolute, without links.</param>
    /// <param name="looksInto">Whether a folder, by its path, is watched.</param>
    /// <exception cref="ContainmentException">One cannot be watched.</exception>
    public WorkspaceWatch(IEnumerable<string> folders, Func<string, bool> looksInto)
    {
        ArgumentNullException.ThrowIfNull(folders);
        _tree = new WatchedTree(_queue, looksInto);
        try
        {
            _roots.AddRange(folders.Select(static folder => new GuardedFolder(folder)));
            _writers = WriterTrace.TryOpen(_roots.Select(static root => root.Path));
            _ = All().Count();
        }
        catch (ContainmentException)
        {
            Dispose();
            throw;
        }
    }

    /// <summary>True where this can work.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux();

    /// <summary>True when the kernel says who writes; else only who is seen with the file open is known.</summary>
    public bool KnowsWriters => _writers is not null;

    /// <summary>The folders that were named.</summary>
    public IReadOnlyList<GuardedFolder> Roots => _roots;

    /// <summary>Folders that could not be watched.</summary>
    public int Unwatched => _tree.Unwatched;

    /// <summary>Waits for changes and adds them.</summary>
    /// <param name="into">Gets them, oldest first; the same file may stand there several times.</param>
    /// <param name="patienceMs">How long to wait for the first.</param>
    /// <returns>False when the kernel lost some: then <see cref="All"/> says what there is.</returns>
    public bool Read(ICollection<FileChange> into, int patienceMs)
    {
        ArgumentNullException.ThrowIfNull(into);
        Wait(patienceMs);
        _writers?.Take();
        _raw.Clear();
        _queue.Take(_raw);
        var searches = 0;
        foreach (var change in _raw)
        {
            if ((change.Mask & ChangeQueue.Overflowed) != 0)
            {
                return false;
            }

            foreach (var seen in Follow(change, ref searches))
            {
                into.Add(seen);
            }
        }

        return true;
    }

    /// <summary>Everything that is there, after watching again whatever is not watched.</summary>
    public IEnumerable<FileChange> All() => _roots.SelectMany(root => _tree.Watch(root, ""));

    /// <summary>Who wrote a file; null when that was not seen.</summary>
    public LocalProcess? WriterOf(in FileIdentity file) => _writers?.WriterOf(file);

    /// <inheritdoc/>
    public void Dispose()
    {
        _queue.Dispose();
        _writers?.Dispose();
        _roots.ForEach(static root => root.Dispose());
    }

    private void Wait(int patienceMs)
    {
        // struct pollfd: the descriptor, what is asked, what is so
        var asked = stackalloc ulong[2] { (uint)_queue.Descriptor | Readable, (uint)(_writers?.Descriptor ?? -1) | Readable };
        _ = Native.Poll(asked, 2, patienceMs);
    }

    private List<FileChange> Follow(in RawChange change, ref int searches)
    {
        if (!_tree.TryFind(change.Watch, out var place))
        {
            return [];
        }

        if ((change.Mask & ChangeQueue.Ignored) != 0)
        {
            _tree.Forget(change.Watch);
            return [];
        }

        var relative = Path.Join(place.Relative, change.Name);
        var isGone = (change.Mask & (ChangeQueue.MovedFrom | ChangeQueue.Deleted)) != 0;
        if ((change.Mask & ChangeQueue.IsFolder) == 0)
        {
            return change.Name.Length == 0 ? [] : [new FileChange(place.Root, relative) { IsRemoved = isGone, Holder = HolderOf(change, place.Root, relative, ref searches) }];
        }

        if (isGone)
        {
            _tree.Forget(place.Root, relative);
            return [new FileChange(place.Root, relative) { IsRemoved = true }];
        }

        return [.. _tree.Watch(place.Root, relative)];
    }

    /// <summary>Where the kernel does not say who writes: whoever has the file open while it changes.</summary>
    private LocalProcess? HolderOf(in RawChange change, GuardedFolder root, string relative, ref int searches) =>
        _writers is null && (change.Mask & (ChangeQueue.Modified | ChangeQueue.Created)) != 0 && searches++ < MaxSearches
            ? _search.Find(Path.Join(root.Path, relative))
            : null;
}
