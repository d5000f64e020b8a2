using System.Globalization;

namespace Postern.Sandbox.Peers;

/// <summary>
/// Finds the process that has something open. Processes that were found lately are looked at first: an agent asks and writes again and
/// again. Other users' processes show only to root.
/// </summary>
internal sealed class DescriptorSearch
{
    /// <summary>Processes that are remembered.</summary>
    private const int MaxRecent = 16;

    /// <summary>Descriptors that one search reads at most.</summary>
    private const int MaxDescriptors = 20_000;

    private readonly List<int> _recent = [];

    /// <summary>Who has it open; null when that cannot be told.</summary>
    /// <param name="link">What the descriptor says it is: a path, or <c>socket:[NUMBER]</c>.</param>
    public LocalProcess? Find(string link)
    {
        var left = MaxDescriptors;
        foreach (var process in _recent.Concat(Others()))
        {
            if (Holds(process, link, ref left))
            {
                _recent.Remove(process);
                _recent.Insert(0, process);
                if (_recent.Count > MaxRecent)
                {
                    _recent.RemoveAt(MaxRecent);
                }

                return LocalProcess.Of(process);
            }

            if (left <= 0)
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>Every other process, the newest first: who connects has often just started.</summary>
    private int[] Others() => Directory.EnumerateDirectories("/proc")
        .Select(static path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var process) ? process : 0)
        .Where(process => process > 0 && !_recent.Contains(process))
        .OrderDescending()
        .ToArray();

    private static bool Holds(int process, string link, ref int left)
    {
        try
        {
            foreach (var descriptor in Directory.EnumerateFileSystemEntries($"/proc/{process}/fd"))
            {
                if (left-- <= 0)
                {
                    return false;
                }

                if (new FileInfo(descriptor).LinkTarget == link)
                {
                    return true;
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has ended, or is somebody else's.
        }

        return false;
    }
}
