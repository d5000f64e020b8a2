namespace Postern.Engine.Monitoring;

/// <summary>
/// Keeps the monitors' state between messages. In-process by default; a shared one may replace it. A store that cannot be reached throws
/// <see cref="StateUnavailableException"/>, and the message is refused.
/// </summary>
public interface ISessionStore
{
    /// <summary>
    /// Copies the states of the batch into it, with their versions. They may be old, where nobody was asked: a commit finds that out, and the next load knows better.
    /// The caller ends the batch in any case.
    /// </summary>
    ValueTask LoadAsync(StateBatch batch, CancellationToken cancel);

    /// <summary>Stores all states of the batch if all of them are still as they were loaded; else none.</summary>
    /// <returns>False when somebody else was faster, or there is no room: load and look again.</returns>
    ValueTask<bool> TryCommitAsync(StateBatch batch, CancellationToken cancel);

    /// <summary>Forgets the states of one actor: its budgets, windows and suspicions begin anew.</summary>
    /// <param name="actor">Whose.</param>
    /// <param name="monitor">Those of one monitor; 0 for all.</param>
    /// <param name="cancel">Gives up.</param>
    ValueTask ForgetAsync(string actor, int monitor, CancellationToken cancel);

    /// <summary>Milliseconds of the clock that states are kept by; its zero means nothing, and it means the same to all that share the store.</summary>
    long NowMs(TimeProvider time) => time.GetTimestamp() / (time.TimestampFrequency / 1000);
}
