using Postern.Engine.Monitoring;

namespace Postern.Engine.Tests.Monitoring;

/// <summary>A store that fails.</summary>
internal sealed class BrokenSessions(Exception failure) : ISessionStore
{
    public ValueTask LoadAsync(StateBatch batch, CancellationToken cancel) => throw failure;

    public ValueTask<bool> TryCommitAsync(StateBatch batch, CancellationToken cancel) => throw failure;

    public ValueTask ForgetAsync(string actor, int monitor, CancellationToken cancel) => throw failure;
}
