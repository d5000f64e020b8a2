namespace Postern.Transports.Http.Reverse;

/// <summary>Which server a request is for: the longest path that fits, then the closest host; servers of one route take turns.</summary>
internal sealed class ReverseRoutes
{
    private readonly List<(ReverseTarget Target, ReverseServer[] Servers)> _routes;
    private int _turn;

    public ReverseRoutes(IReadOnlyList<ReverseTarget> targets, TimeProvider time, TimeSpan rest) => _routes =
    [
        .. targets.OrderByDescending(static target => target.Path.Length).ThenByDescending(static target => Closeness(target.Host))
            .Select(target => (target, target.Servers.Select(url => new ReverseServer(url, time, rest)).ToArray())),
    ];

    /// <summary>Every server whose health somebody asks about, with the URL to ask.</summary>
    public IEnumerable<(ReverseServer Server, Uri Health)> Watched =>
        from route in _routes
        where route.Target.HealthPath.Length > 0
        from server in route.Servers
        select (server, new Uri(server.Origin + route.Target.HealthPath));

    /// <summary>The server for a request; null when no route fits.</summary>
    /// <param name="host">The Host header.</param>
    /// <param name="target">Path and query as received.</param>
    /// <param name="url">The URL that the request stands for.</param>
    public ReverseServer? Find(string host, string target, out string url)
    {
        var name = NameOf(host).ToLowerInvariant();
        var path = target.AsSpan(0, target.AsSpan().IndexOfAny('?', '#') is >= 0 and var end ? end : target.Length);
        foreach (var (route, servers) in _routes)
        {
            if (route.Fits(name, path))
            {
                var server = Next(servers);
                url = server.UrlOf(target, route.Path);
                return server;
            }
        }

        url = string.Empty;
        return null;
    }

    /// <summary>The next one that is up; when none is, the next one: it may be back, and says so better than we do.</summary>
    private ReverseServer Next(ReverseServer[] servers)
    {
        var turn = (uint)Interlocked.Increment(ref _turn);
        for (var offset = 0u; offset < servers.Length; offset++)
        {
            if (servers[(turn + offset) % servers.Length] is { IsUp: true } server)
            {
                return server;
            }
        }

        return servers[turn % servers.Length];
    }

    private static int Closeness(string host) => host.Length == 0 ? 0 : host.StartsWith('*') ? host.Length : 1024 + host.Length;

    private static string NameOf(string host)
    {
        var end = host.StartsWith('[') ? host.IndexOf(']', StringComparison.Ordinal) + 1 : host.LastIndexOf(':');
        return end > 0 ? host[..end].Trim('[', ']') : host;
    }
}
