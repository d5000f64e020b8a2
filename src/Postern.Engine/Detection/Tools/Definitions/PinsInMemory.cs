namespace Postern.Engine.Detection.Tools.Definitions;

/// <summary>Pins that last as long as the process. Bounded: with too many servers no further one can be pinned.</summary>
public sealed class PinsInMemory : IPinStore
{
    private const int MaxServers = 1000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, ServerPins> _servers = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public ServerPins Load(string server)
    {
        lock (_lock)
        {
            return _servers.GetValueOrDefault(server) ?? new ServerPins(server, []);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<ServerPins> LoadAll()
    {
        lock (_lock)
        {
            return [.. _servers.Values];
        }
    }

    /// <inheritdoc/>
    public void Update(string server, Func<ServerPins, ServerPins> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        lock (_lock)
        {
            var pins = change(_servers.GetValueOrDefault(server) ?? new ServerPins(server, []));
            if (pins.Pins.Count == 0)
            {
                _servers.Remove(server);
            }
            else if (_servers.Count < MaxServers || _servers.ContainsKey(server))
            {
                _servers[server] = pins;
            }
            else
            {
                throw new InvalidDataException("more servers than can be pinned");
            }
        }
    }
}
