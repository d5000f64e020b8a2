namespace Postern.Transports.Mcp.Http;

/// <summary>What a bridge knows of its session with the server. Thread-safe: each member is written whole.</summary>
internal sealed class BridgeState
{
    private volatile string? _session;
    private volatile string? _lastEvent;
    private volatile bool _hasStream;

    /// <summary>What the server calls the session; null before it did, and from 2026-07-28 on.</summary>
    public string? Session
    {
        get => _session;
        set => _session = value;
    }

    /// <summary>The last event of the server's own stream, to resume after.</summary>
    public string? LastEvent
    {
        get => _lastEvent;
        set => _lastEvent = value;
    }

    /// <summary>True once the server's own stream was opened.</summary>
    public bool HasStream
    {
        get => _hasStream;
        set => _hasStream = value;
    }
}
