using Postern.Engine.Monitoring;

namespace Postern.Engine.Tests.Monitoring;

/// <summary>A store that cannot be reached.</summary>
internal sealed class BrokenSessions : ISessionStore
{
    public ValueTask<long> LoadAsync(SessionKey key, Memory<byte> state, CancellationToken cancel) => throw new TimeoutException();

    public ValueTask<bool> TryCommitAsync(SessionKey key, long expectedVersion, ReadOnlyMemory<byte> state, bool mustKeep, CancellationToken cancel) => throw new TimeoutException();

    public ValueTask ForgetAsync(string actor, int monitor, CancellationToken cancel) => throw new TimeoutException();
}
