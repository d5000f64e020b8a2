using System.Collections.Concurrent;

namespace Postern.Engine.Monitoring;

/// <summary>Session state in memory: bounded, oldest use out first, and what must be kept never. Forgotten state means a fresh window, never a wrong one.</summary>
public sealed class InProcessSessions : ISessionStore
{
    private readonly ConcurrentDictionary<SessionKey, Slot> _slots = new();
    private readonly int _maxSessions;
    private long _uses;
    private long _versions;

    /// <summary>A store of at most <paramref name="maxSessions"/> states (default 10,000).</summary>
    public InProcessSessions(int maxSessions = 10_000) => _maxSessions = maxSessions;

    /// <inheritdoc/>
    public ValueTask<long> LoadAsync(SessionKey key, Memory<byte> state, CancellationToken cancel)
    {
        if (!_slots.TryGetValue(key, out var slot))
        {
            state.Span.Clear();
            return new(0);
        }

        lock (slot)
        {
            slot.LastUse = Interlocked.Increment(ref _uses);
            slot.State.CopyTo(state.Span);
            return new(slot.Version);
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> TryCommitAsync(SessionKey key, long expectedVersion, ReadOnlyMemory<byte> state, bool mustKeep, CancellationToken cancel)
    {
        if (!_slots.TryGetValue(key, out var slot))
        {
            if (expectedVersion != 0)
            {
                return new(false);
            }

            if (!MakeRoom())
            {
                return new(false);
            }

            slot = _slots.GetOrAdd(key, static (_, length) => new Slot(length), state.Length);
        }

        lock (slot)
        {
            if (slot.IsGone || slot.Version != expectedVersion)
            {
                return new(false);
            }

            // Never one that a state of this key had before it was dropped.
            slot.Version = Interlocked.Increment(ref _versions);
            slot.LastUse = Interlocked.Increment(ref _uses);
            slot.MustKeep = mustKeep;
            state.Span.CopyTo(slot.State);
            return new(true);
        }
    }

    /// <inheritdoc/>
    public ValueTask ForgetAsync(string actor, int monitor, CancellationToken cancel)
    {
        foreach (var (key, slot) in _slots)
        {
            if (key.Actor == actor && (monitor == 0 || key.Monitor == monitor))
            {
                lock (slot)
                {
                    slot.IsGone = _slots.TryRemove(key, out _);
                }
            }
        }

        return ValueTask.CompletedTask;
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
            lock (slot)
            {
                // It may have become one to keep since it was chosen.
                slot.IsGone = !slot.MustKeep && _slots.TryRemove(key, out _);
                dropped += slot.IsGone ? 1 : 0;
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

        /// <summary>True when it was dropped while somebody had it in hand: what is put into it is lost.</summary>
        public bool IsGone { get; set; }
    }
}
