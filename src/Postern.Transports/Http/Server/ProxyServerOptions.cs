namespace Postern.Transports.Http.Server;

/// <summary>Bounds of the server that hold before any policy is asked. Defaults are Kestrel's unless said otherwise.</summary>
/// <param name="MaxRequestLineBytes">Longest request line in bytes; default 64 KiB, because agents send long queries (Kestrel: 8 KiB).</param>
/// <param name="MaxHeaderBytes">All headers of a request together, in bytes; default 64 KiB, because cookies and tokens add up (Kestrel: 32 KiB).</param>
/// <param name="MaxHeaderCount">Headers of a request; default 100.</param>
/// <param name="MaxConnections">Connections open at once; more are closed at once; default 10,000 (Kestrel: no bound).</param>
/// <param name="HeadersTimeoutSeconds">From the first byte of a request to the end of its headers; default 30.</param>
/// <param name="KeepAliveSeconds">Silence between requests; default 130.</param>
/// <param name="ShutdownSeconds">What <see cref="ProxyServer.StopAsync"/> grants to requests under way; default 5, the reference's.</param>
public sealed record ProxyServerOptions(
    int MaxRequestLineBytes = 64 * 1024,
    int MaxHeaderBytes = 64 * 1024,
    int MaxHeaderCount = 100,
    long MaxConnections = 10_000,
    int HeadersTimeoutSeconds = 30,
    int KeepAliveSeconds = 130,
    int ShutdownSeconds = 5)
{
    /// <summary>True where a request's scheme need not be the connection's: HTTP/2 without TLS is announced to the server as if it had some.</summary>
    public bool MixesSchemes { get; init; }
}
