using Postern.Engine.Monitoring;

namespace Postern.Transports.Sharing;

/// <summary>
/// What this instance last knew of one actor's states, and the turn of the decision that works on them: decisions about one actor come one after another,
/// so that instances, not requests, compete for a version.
/// </summary>
internal sealed class KnownStates : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Dictionary<SessionKey, byte[]> _states = [];

    /// <summary>Which write of the actor's states this is; 0 while there was none.</summary>
    public long Version { get; private set; }

    /// <summary>Waits for the turn.</summary>
    /// <returns>False when it took longer than <paramref name="patience"/>.</returns>
    public Task<bool> EnterAsync(TimeSpan patience, CancellationToken cancel) => _turn.WaitAsync(patience, cancel);

    /// <summary>What is known of a state; null when it is not known to be there.</summary>
    public byte[]? this[in SessionKey key] => _states.GetValueOrDefault(key);

    /// <summary>Takes note of what holds from this version on; what it does not name stays as it was.</summary>
    public void Learn(long version, StateBatch batch)
    {
        Version = version;
        for (var i = 0; i < batch.Count; i++)
        {
            var state = batch.StateOf(i);
            if (_states.TryGetValue(batch.KeyOf(i), out var known) && known.Length == state.Length)
            {
                state.CopyTo(known);
            }
            else
            {
                _states[batch.KeyOf(i)] = state.ToArray();
            }
        }
    }

    /// <summary>Somebody else wrote: nothing that was known holds, and only what was read now is known.</summary>
    public void Forget(long version)
    {
        Version = version;
        _states.Clear();
    }

    /// <summary>Takes note of one state that was read.</summary>
    public void Learn(in SessionKey key, byte[] state) => _states[key] = state;

    /// <summary>How many states are known.</summary>
    public int Count => _states.Count;

    /// <summary>Ends the turn.</summary>
    public void Dispose() => _turn.Release();
}
