namespace Postern.Engine.Monitoring;

/// <summary>Keeps the monitors' state between messages. In-process by default; a shared one may replace it.</summary>
public interface ISessionStore
{
    /// <summary>Copies the state of <paramref name="key"/> into <paramref name="state"/> (zeros when there is none) and returns its version.</summary>
    ValueTask<long> LoadAsync(SessionKey key, Memory<byte> state, CancellationToken cancel);

    /// <summary>Stores a new state if the version is still the expected one.</summary>
    /// <param name="key">Whose state.</param>
    /// <param name="expectedVersion">What <see cref="LoadAsync"/> said.</param>
    /// <param name="state">The state; borrowed.</param>
    /// <param name="mustKeep">True for a state that is never forgotten to make room; where there is no room left the commit fails.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>False when somebody else was faster: load and run the monitor again.</returns>
    ValueTask<bool> TryCommitAsync(SessionKey key, long expectedVersion, ReadOnlyMemory<byte> state, bool mustKeep, CancellationToken cancel);

    /// <summary>Forgets the states of one actor: its budgets, windows and suspicions begin anew.</summary>
    /// <param name="actor">Whose.</param>
    /// <param name="monitor">Those of one monitor; 0 for all.</param>
    /// <param name="cancel">Gives up.</param>
    ValueTask ForgetAsync(string actor, int monitor, CancellationToken cancel);
}
