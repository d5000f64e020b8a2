namespace Postern.Transports.Http.Reverse;

/// <summary>Servers behind one host and path.</summary>
/// <param name="Host">Which Host headers: a name, <c>*.name</c>, or empty for all.</param>
/// <param name="Path">The beginning of the paths, without a final slash; empty for all.</param>
/// <param name="Servers">At least one.</param>
/// <param name="HealthPath">What a healthy one answers; empty when nobody asks.</param>
public sealed record ReverseTarget(string Host, string Path, IReadOnlyList<Uri> Servers, string HealthPath)
{
    /// <summary>True when a request for <paramref name="host"/> (lower case, without port) and <paramref name="path"/> belongs here.</summary>
    public bool Fits(string host, ReadOnlySpan<char> path) => FitsHost(host)
        && path.StartsWith(Path, StringComparison.Ordinal) && (path.Length == Path.Length || path[Path.Length] == '/');

    private bool FitsHost(string host) => Host.Length == 0 || Host == host
        || (Host.StartsWith("*.", StringComparison.Ordinal) && (host.EndsWith(Host[1..], StringComparison.Ordinal) || host == Host[2..]));
}
