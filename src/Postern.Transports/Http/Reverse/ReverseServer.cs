namespace Postern.Transports.Http.Reverse;

/// <summary>One server behind the reverse proxy, and how it is.</summary>
/// <param name="url">As the operator wrote it: with a path, that path stands for the route's own.</param>
/// <param name="time">The clock.</param>
/// <param name="rest">How long it is left alone after a failure.</param>
internal sealed class ReverseServer(Uri url, TimeProvider time, TimeSpan rest)
{
    private const long Never = long.MinValue;

    private readonly string? _path = HasPath(url) ? url.AbsolutePath.TrimEnd('/') : null;
    private long _failed = Never;

    /// <summary>Scheme, host and port.</summary>
    public string Origin { get; } = url.GetLeftPart(UriPartial.Authority);

    /// <summary>False for a while after an exchange with it, or a question about its health, failed.</summary>
    public bool IsUp => Volatile.Read(ref _failed) is var failed && (failed == Never || time.GetElapsedTime(failed) >= rest);

    /// <summary>The URL that a request for <paramref name="target"/> on a route of <paramref name="prefix"/> stands for.</summary>
    public string UrlOf(string target, string prefix) => Origin + (_path is null ? target : _path + target[prefix.Length..]);

    /// <summary>Says how the last exchange went.</summary>
    public void Note(bool failed) => Volatile.Write(ref _failed, failed ? time.GetTimestamp() : Never);

    private static bool HasPath(Uri url) => url.OriginalString.AsSpan(url.OriginalString.IndexOf("://", StringComparison.Ordinal) + 3).Contains('/');
}
