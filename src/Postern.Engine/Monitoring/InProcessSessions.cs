using System.Collections.Concurrent;

namespace Postern.Engine.Monitoring;

/// <summary>Session state in memory: bounded, oldest use out first, and what must be kept never. Forgotten state means a fresh window, never a wrong one.</summary>
public sealed class InProcessSessions : ISessionStore
{
    private const int Stripes = 64;

    private readonly ConcurrentDictionary<SessionKey, Slot> _slots = new();

    // By actor: all states of a batch are under one lock, and nobody holds two.
    private readonly Lock[] _locks = new Lock[Stripes];
    private readonly int _maxSessions;
    private long _uses;
    private long _versions;

    /// <summary>A store of at most <paramref name="maxSessions"/> states (default 10,000).</summary>
    public InProcessSessions(int maxSessions = 10_000)
    {
        _maxSessions = maxSessions;
        for (var i = 0; i < Stripes; i++)
        {
            _locks[i] = new Lock();
        }
    }

    /// <inheritdoc/>
    public ValueTask LoadAsync(StateBatch batch, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(batch);
        lock (LockOf(batch.Actor))
        {
            for (var i = 0; i < batch.Count; i++)
            {
                if (_slots.TryGetValue(batch.KeyOf(i), out var slot))
                {
                    slot.LastUse = Interlocked.Increment(ref _uses);
                    slot.State.CopyTo(batch.StateOf(i));
                    batch.VersionOf(i) = slot.Version;
                }
                else
                {
                    batch.StateOf(i).Clear();
                    batch.VersionOf(i) = 0;
                }
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<bool> TryCommitAsync(StateBatch batch, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (HasNew(batch) && !MakeRoom())
        {
            return new(false);
        }

        lock (LockOf(batch.Actor))
        {
            for (var i = 0; i < batch.Count; i++)
            {
                if ((_slots.TryGetValue(batch.KeyOf(i), out var slot) ? slot.Version : 0) != batch.VersionOf(i))
                {
                    return new(false);
                }
            }

            // Never one that a state of these keys had before it was dropped.
            var version = Interlocked.Increment(ref _versions);
            for (var i = 0; i < batch.Count; i++)
            {
                Keep(batch, i, version);
            }
        }

        return new(true);
    }

    /// <inheritdoc/>
    public ValueTask ForgetAsync(string actor, int monitor, CancellationToken cancel)
    {
        lock (LockOf(actor))
        {
            foreach (var (key, _) in _slots)
            {
                if (key.Actor == actor && (monitor == 0 || key.Monitor == monitor))
                {
                    _slots.TryRemove(key, out _);
                }
            }
        }

        return ValueTask.CompletedTask;
    }

    private static bool HasNew(StateBatch batch)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            if (batch.VersionOf(i) == 0)
            {
                return true;
            }
        }

        return false;
    }

    private Lock LockOf(string actor) => _locks[(uint)actor.GetHashCode(StringComparison.Ordinal) % Stripes];

    private void Keep(StateBatch batch, int index, long version)
    {
        var state = batch.StateOf(index);
        if (!_slots.TryGetValue(batch.KeyOf(index), out var slot))
        {
            if (!state.ContainsAnyExcept((byte)0))
            {
                // Nothing happened, and nothing is what is loaded for it.
                return;
            }

            _slots[batch.KeyOf(index)] = slot = new Slot(state.Length);
        }

        slot.Version = version;
        slot.LastUse = Interlocked.Increment(ref _uses);
        slot.MustKeep = batch.MustKeepOf(index);
        state.CopyTo(slot.State);
    }

    /// <summary>Drops the oldest eighth at once, so that a flood of new sessions pays for sorting rarely. False when everything must be kept.</summary>
    private bool MakeRoom()
    {
        if (_slots.Count < _maxSessions)
        {
            return true;
        }

        var dropped = 0;
        foreach (var (key, slot) in _slots.Where(static pair => !pair.Value.MustKeep).ToArray().OrderBy(static pair => pair.Value.LastUse).Take(Math.Max(1, _maxSessions / 8)))
        {
            lock (LockOf(key.Actor))
            {
                // It may have become one to keep since it was chosen.
                dropped += !slot.MustKeep && _slots.TryRemove(KeyValuePair.Create(key, slot)) ? 1 : 0;
            }
        }

        return dropped > 0;
    }

    private sealed class Slot(int length)
    {
        public byte[] State { get; } = new byte[length];

        public long Version { get; set; }

        public long LastUse { get; set; }

        public bool MustKeep { get; set; }
    }
}
