using System.Net;

namespace Postern.Engine.Detection.Destination;

/// <summary>Turns a host name into addresses. Asked only after every check that needs no network has passed.</summary>
public interface IResolver
{
    /// <summary>All addresses of <paramref name="host"/> (canonical ASCII, no trailing dot); empty when the name does not exist or the lookup failed.</summary>
    ValueTask<IPAddress[]> ResolveAsync(string host, CancellationToken cancel);
}
