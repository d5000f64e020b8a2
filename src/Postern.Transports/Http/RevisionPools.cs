namespace Postern.Transports.Http;

/// <summary>
/// One pool of connections per policy revision and agent: no connection is used under another judgement than the one it was opened
/// under. A pool lives while its revision is the newest or an exchange still uses it, so that a reload breaks nothing.
/// </summary>
internal sealed class RevisionPools<T>(Func<T> open) : IDisposable
    where T : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(long Revision, object Policy), RevisionPool<T>> _pools = [];
    private long _newest = long.MinValue;
    private bool _isDisposed;

    /// <summary>The pool of one policy of <paramref name="revision"/>; give it back with <see cref="Return"/>.</summary>
    public RevisionPool<T> Rent(long revision, object policy)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (revision > _newest)
            {
                _newest = revision;
                foreach (var older in _pools.Values.ToArray())
                {
                    CloseIfUnused(older);
                }
            }

            if (!_pools.TryGetValue((revision, policy), out var pool))
            {
                _pools[(revision, policy)] = pool = new RevisionPool<T>(open(), revision) { Policy = policy };
            }

            pool.Users++;
            return pool;
        }
    }

    /// <summary>The exchange is over.</summary>
    public void Return(RevisionPool<T> pool)
    {
        lock (_gate)
        {
            pool.Users--;
            CloseIfUnused(pool);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            foreach (var pool in _pools.Values)
            {
                pool.Connections.Dispose();
            }

            _pools.Clear();
        }
    }

    private void CloseIfUnused(RevisionPool<T> pool)
    {
        if (pool.Revision != _newest && pool.Users == 0 && _pools.Remove((pool.Revision, pool.Policy)))
        {
            pool.Connections.Dispose();
        }
    }
}
