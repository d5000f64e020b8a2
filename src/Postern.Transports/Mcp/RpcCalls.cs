using System.Diagnostics.CodeAnalysis;
using Postern.Engine.A2a;

namespace Postern.Transports.Mcp;

/// <summary>
/// The open requests of one direction. An answer passes only to a request that was let through on the same wire, once: a server cannot
/// answer what another was asked. Thread-safe.
/// </summary>
/// <param name="max">How many are remembered.</param>
internal sealed class RpcCalls(int max = RpcCalls.Max)
{
    /// <summary>Requests open at once in one direction of one session, the reference's bound: many are cancelled and never answered, so the oldest is forgotten.</summary>
    public const int Max = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<RpcId, (RpcCall Call, long Turn)> _open = [];
    private long _turns;

    /// <summary>How many wait.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _open.Count;
            }
        }
    }

    /// <summary>Forgets all that wait.</summary>
    /// <returns>Their ids.</returns>
    public IReadOnlyList<RpcId> CloseAll()
    {
        lock (_gate)
        {
            RpcId[] ids = [.. _open.Keys];
            _open.Clear();
            return ids;
        }
    }

    /// <summary>Remembers a request; false when its id is in use.</summary>
    public bool TryOpen(RpcId id, RpcCall call)
    {
        lock (_gate)
        {
            if (_open.Count == max && !_open.ContainsKey(id))
            {
                _open.Remove(_open.MinBy(static pair => pair.Value.Turn).Key);
            }

            return _open.TryAdd(id, (call, ++_turns));
        }
    }

    /// <summary>True while the request waits.</summary>
    public bool Has(RpcId id)
    {
        lock (_gate)
        {
            return _open.ContainsKey(id);
        }
    }

    /// <summary>Takes the request that <paramref name="id"/> answers; one that is answered by a stream (A2A) stays open for what follows.</summary>
    public bool TryAnswer(RpcId id, [NotNullWhen(true)] out RpcCall? call)
    {
        lock (_gate)
        {
            var isOpen = _open.TryGetValue(id, out var entry);
            call = entry.Call;
            return isOpen && (A2aMethods.IsStreamed(call!.Asked.Method.Span) || _open.Remove(id));
        }
    }

    /// <summary>Closes the request, answered or not; false when there is none.</summary>
    public bool TryClose(RpcId id, [NotNullWhen(true)] out RpcCall? call)
    {
        lock (_gate)
        {
            var isOpen = _open.Remove(id, out var entry);
            call = entry.Call;
            return isOpen;
        }
    }
}
