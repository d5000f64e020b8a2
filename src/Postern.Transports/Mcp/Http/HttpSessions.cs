namespace Postern.Transports.Mcp.Http;

/// <summary>The sessions over HTTP, by what both sides call them. Only ids of requests are kept here; nothing is trusted for being in a session.</summary>
internal sealed class HttpSessions
{
    /// <summary>Sessions remembered; beyond it the one that was not used for longest is forgotten, and late answers in it are refused.</summary>
    public const int Max = 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<(HttpPlace Place, string Name), HttpSession> _sessions = [];
    private long _uses;

    /// <summary>What an address of messages calls the session: everything after its path; empty when there is nothing.</summary>
    public static string NameIn(string url) => url.IndexOf('?', StringComparison.Ordinal) is var at and >= 0 ? url[at..] : string.Empty;

    /// <summary>The session; null where there is none, because peers that share no session share no ids.</summary>
    /// <param name="place">Who talks, and with whom.</param>
    /// <param name="name">What both sides call it; empty for none.</param>
    public HttpSession? Of(HttpPlace place, string name)
    {
        if (name.Length == 0)
        {
            return null;
        }

        var key = (place, name);
        lock (_gate)
        {
            if (!_sessions.TryGetValue(key, out var session))
            {
                if (_sessions.Count == Max)
                {
                    _sessions.Remove(_sessions.MinBy(static pair => pair.Value.LastUse).Key);
                }

                _sessions[key] = session = new HttpSession();
            }

            session.LastUse = ++_uses;
            return session;
        }
    }
}
