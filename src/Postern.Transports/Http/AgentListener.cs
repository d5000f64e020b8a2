using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Postern.Transports.Http;

/// <summary>A listener of one agent: whoever connects there is that agent. Stands on the features of each of its connections.</summary>
/// <param name="Agent">The agent's name.</param>
/// <param name="Listen">Where.</param>
public sealed record AgentListener(string Agent, IPEndPoint Listen)
{
    /// <summary>The middleware that says whose connection it is, before anything else runs.</summary>
    internal Func<ConnectionDelegate, ConnectionDelegate> Before(Func<ConnectionDelegate, ConnectionDelegate> rest) => next =>
    {
        var bound = rest(next);
        return connection =>
        {
            connection.Features.Set(this);
            return bound(connection);
        };
    };
}
