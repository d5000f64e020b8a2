namespace Postern.Transports.Http;

/// <summary>The connections that were opened under one policy revision.</summary>
/// <param name="connections">Sends over them.</param>
/// <param name="revision">The revision.</param>
internal sealed class RevisionPool<T>(T connections, long revision)
    where T : IDisposable
{
    /// <summary>Sends over these connections.</summary>
    public T Connections => connections;

    /// <summary>The policy revision.</summary>
    public long Revision => revision;

    /// <summary>The policy: of two agents each has its own.</summary>
    public required object Policy { get; init; }

    /// <summary>Exchanges that use it now; guarded by the owner's lock.</summary>
    public int Users { get; set; }
}
