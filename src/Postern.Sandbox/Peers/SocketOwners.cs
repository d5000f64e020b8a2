using System.Globalization;
using System.Net;
using Postern.Sandbox.Kernel;

namespace Postern.Sandbox.Peers;

/// <summary>
/// Finds the process at the other end of a connection from this machine, on Linux. Processes that were found lately are looked at
/// first: an agent asks again and again. Other users' processes show only to root, and those of another network namespace to nobody.
/// </summary>
public sealed class SocketOwners : IDisposable
{
    /// <summary>Processes that are remembered.</summary>
    private const int MaxRecent = 16;

    /// <summary>Descriptors that one search reads at most.</summary>
    private const int MaxDescriptors = 20_000;

    private readonly Lock _gate = new();
    private readonly SocketDiagnosis _diagnosis = new();
    private readonly List<int> _recent = [];
    private bool _isOver;

    /// <summary>True where this can work.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux();

    /// <summary>Who holds the client's end; null when that cannot be told.</summary>
    /// <param name="client">The client's address.</param>
    /// <param name="server">The address that it reached.</param>
    public SocketOwner? Find(IPEndPoint client, IPEndPoint server)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(server);
        lock (_gate)
        {
            var inode = _isOver ? 0 : _diagnosis.InodeOf(client, server);
            return inode == 0 ? null : Find("socket:[" + inode.ToString(CultureInfo.InvariantCulture) + "]");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // A search may still be under way, and the descriptor's number be somebody else's soon.
        lock (_gate)
        {
            _isOver = true;
            _diagnosis.Dispose();
        }
    }

    private SocketOwner? Find(string link)
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

                return new SocketOwner(process, CommandOf(process), ExecutableOf(process));
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

    private static string CommandOf(int process)
    {
        try
        {
            return Plain(File.ReadAllText($"/proc/{process}/comm").TrimEnd('\n'));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static string ExecutableOf(int process)
    {
        try
        {
            return Plain(new FileInfo($"/proc/{process}/exe").LinkTarget ?? "");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <summary>Names are chosen by whoever is looked at; nobody's log obeys them.</summary>
    private static string Plain(string name) => string.Concat(name.Select(static c => c is >= ' ' and <= '~' ? c : '?'));
}
