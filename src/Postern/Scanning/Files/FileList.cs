using System.Text;

namespace Postern.Program.Scanning.Files;

/// <summary>The files below the paths that were named: inside a git repository what git does not ignore, elsewhere everything.</summary>
internal sealed class FileList(bool withIgnored)
{
    private readonly List<string> _files = [];

    /// <summary>Lists, each file once.</summary>
    /// <exception cref="ConfigException">A path is not there, or holds nothing that would be scanned.</exception>
    public IReadOnlyList<string> Of(IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            var before = _files.Count;
            Add(Path.GetFullPath(path));
            if (_files.Count == before)
            {
                throw new ConfigException($"{Terminal.Plain(path)}: nothing to scan: it is empty, or git ignores it (--no-gitignore scans it all the same)");
            }
        }

        return [.. _files.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private void Add(string path)
    {
        if (File.Exists(path))
        {
            _files.Add(path);
        }
        else if (!Directory.Exists(path))
        {
            throw new ConfigException($"{Terminal.Plain(path)}: there is no such file or folder");
        }
        else if (withIgnored || !IsInRepository(path))
        {
            Walk(path);
        }
        else
        {
            AddTracked(path);
        }
    }

    private static bool IsInRepository(string path)
    {
        for (var at = path; at is not null; at = Path.GetDirectoryName(at))
        {
            if (Path.Exists(Path.Combine(at, ".git")))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Tracked files and new ones. What git cannot list is not silently less: it is an error.</summary>
    private void AddTracked(string directory)
    {
        var names = Git.Run(directory, "ls-files", "-z", "--cached", "--others", "--exclude-standard");
        foreach (var name in Encoding.UTF8.GetString(names).Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            var path = Path.Combine(directory, name);
            if (IsRegular(new FileInfo(path)))
            {
                _files.Add(path);
            }
            else if (Directory.Exists(path) && new DirectoryInfo(path).LinkTarget is null)
            {
                // A submodule: git lists its folder alone.
                Walk(path);
            }
        }
    }

    private void Walk(string directory)
    {
        var pending = new Stack<DirectoryInfo>([new DirectoryInfo(directory)]);
        while (pending.TryPop(out var at))
        {
            _files.AddRange(at.EnumerateFiles().Where(IsRegular).Select(static file => file.FullName));
            foreach (var below in at.EnumerateDirectories().Where(static below => below.Name != ".git" && below.LinkTarget is null))
            {
                pending.Push(below);
            }
        }
    }

    /// <summary>Links point to what is scanned elsewhere or is none of ours; pipes and devices have no length.</summary>
    private static bool IsRegular(FileInfo file) => file is { Exists: true, LinkTarget: null, Length: > 0 };
}
