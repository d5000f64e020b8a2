using System.Globalization;
using System.Net;
using Postern.Sandbox.Kernel;

namespace Postern.Sandbox.Peers;

/// <summary>
/// Finds the process at the other end of a connection from this machine, on Linux. Other users' processes show only to root, and those
/// of another network namespace to nobody.
/// </summary>
public sealed class SocketOwners : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SocketDiagnosis _diagnosis = new();
    private readonly DescriptorSearch _search = new();
    private bool _isOver;

    /// <summary>True where this can work.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux();

    /// <summary>Who holds the client's end; null when that cannot be told.</summary>
    /// <param name="client">The client's address.</param>
    /// <param name="server">The address that it reached.</param>
    public LocalProcess? Find(IPEndPoint client, IPEndPoint server)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(server);
        lock (_gate)
        {
            var inode = _isOver ? 0 : _diagnosis.InodeOf(client, server);
            return inode == 0 ? null : _search.Find("socket:[" + inode.ToString(CultureInfo.InvariantCulture) + "]");
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
}
