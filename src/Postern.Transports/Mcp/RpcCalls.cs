using System.Diagnostics.CodeAnalysis;

namespace Postern.Transports.Mcp;

/// <summary>
/// The open requests of one direction. An answer passes only to a request that was let through on the same wire, once: a server cannot
/// answer what another was asked. Thread-safe.
/// </summary>
internal sealed class RpcCalls
{
    /// <summary>Requests open at once in one direction of one session: the reference's bound.</summary>
    public const int Max = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<RpcId, RpcCall> _open = [];

    /// <summary>Remembers a request; false when its id is in use, or when too many are open.</summary>
    public bool TryOpen(RpcId id, RpcCall call)
    {
        lock (_gate)
        {
            return _open.Count < Max && _open.TryAdd(id, call);
        }
    }

    /// <summary>Takes the request that <paramref name="id"/> answers; false when there is none.</summary>
    public bool TryClose(RpcId id, [NotNullWhen(true)] out RpcCall? call)
    {
        lock (_gate)
        {
            return _open.Remove(id, out call);
        }
    }
}
