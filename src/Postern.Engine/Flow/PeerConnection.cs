using Postern.Engine.Evidence;

namespace Postern.Engine.Flow;

/// <summary>One client's connection; all exchanges on it share this.</summary>
public sealed class PeerConnection
{
    private volatile PeerProcess? _process;

    /// <summary>Who is at the other end; null while, or when, that cannot be told.</summary>
    public PeerProcess? Process
    {
        get => _process;
        set => _process = value;
    }
}
