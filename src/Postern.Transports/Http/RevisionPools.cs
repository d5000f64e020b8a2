namespace Postern.Transports.Http;

/// <summary>
/// One pool of connections per policy revision: no connection is used under another judgement than the one it was opened
/// under. A pool lives while its revision is the newest or an exchange still uses it, so that a reload breaks nothing.
/// </summary>
internal sealed class RevisionPools<T>(Func<T> open) : IDisposable
    where T : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, RevisionPool<T>> _pools = [];
    private long _newest = long.MinValue;
    private bool _isDisposed;

    /// <summary>The pool of <paramref name="revision"/>; give it back with <see cref="Return"/>.</summary>
    public RevisionPool<T> Rent(long revision)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (revision > _newest)
            {
                var last = _newest;
                _newest = revision;
                CloseIfUnused(last);
            }

            if (!_pools.TryGetValue(revision, out var pool))
            {
                _pools[revision] = pool = new RevisionPool<T>(open(), revision);
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
            CloseIfUnused(pool.Revision);
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

    private void CloseIfUnused(long revision)
    {
        if (revision != _newest && _pools.TryGetValue(revision, out var pool) && pool.Users == 0)
        {
            _pools.Remove(revision);
            pool.Connections.Dispose();
        }
    }
}
