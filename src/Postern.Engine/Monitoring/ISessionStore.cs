namespace Postern.Engine.Monitoring;

/// <summary>Keeps the monitors' state between messages. In-process by default; a shared one may replace it.</summary>
public interface ISessionStore
{
    /// <summary>Copies the state of <paramref name="key"/> into <paramref name="state"/> (zeros when there is none) and returns its version.</summary>
    ValueTask<long> LoadAsync(SessionKey key, Memory<byte> state, CancellationToken cancel);

    /// <summary>Stores a new state if the version is still the expected one.</summary>
    /// <returns>False when somebody else was faster: load and run the monitor again.</returns>
    ValueTask<bool> TryCommitAsync(SessionKey key, long expectedVersion, ReadOnlyMemory<byte> state, CancellationToken cancel);

    /// <summary>Forgets every state of one actor: its budgets, windows and suspicions begin anew.</summary>
    ValueTask ForgetAsync(string actor, CancellationToken cancel);
}
