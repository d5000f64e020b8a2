namespace Postern.Program.Sentinel;

/// <summary>What files held when they were looked at last: saving the same again is no news.</summary>
internal sealed class FileLedger
{
    /// <summary>Files that are remembered; then everything is news once more.</summary>
    private const int MaxFiles = 20_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _digests = new(StringComparer.Ordinal);

    /// <summary>The files, by their whole path.</summary>
    public IReadOnlyList<string> Paths
    {
        get
        {
            lock (_gate)
            {
                return [.. _digests.Keys];
            }
        }
    }

    /// <summary>Remembers, and says whether that is anything new.</summary>
    public bool IsNews(string path, string digest)
    {
        lock (_gate)
        {
            if (_digests.TryGetValue(path, out var known) && known == digest)
            {
                return false;
            }

            if (_digests.Count >= MaxFiles)
            {
                _digests.Clear();
            }

            _digests[path] = digest;
            return true;
        }
    }

    /// <summary>Forgets a file, or a folder with what is in it, and says whether anything was known of it.</summary>
    public bool Forget(string path)
    {
        var below = path + "/";
        lock (_gate)
        {
            var known = _digests.Keys.Where(other => other == path || other.StartsWith(below, StringComparison.Ordinal)).ToList();
            known.ForEach(other => _digests.Remove(other));
            return known.Count > 0;
        }
    }
}
