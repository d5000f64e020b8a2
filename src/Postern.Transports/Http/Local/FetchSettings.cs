namespace Postern.Transports.Http.Local;

/// <summary>What <c>/fetch</c> may do; from <c>fetch_proxy</c>.</summary>
public sealed record FetchSettings
{
    /// <summary>The User-Agent it sends; default <c>Postern Fetch/1.0</c>.</summary>
    public string UserAgent { get; init; } = "Postern Fetch/1.0";

    /// <summary>Longest response after decoding, in bytes; default 10 MiB. It is held whole.</summary>
    public int MaxResponseBytes { get; init; } = 10 * 1024 * 1024;

    /// <summary>From the request to the last byte of the response; default 30 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);
}
