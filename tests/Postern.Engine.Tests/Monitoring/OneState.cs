using Postern.Engine.Monitoring;

namespace Postern.Engine.Tests.Monitoring;

/// <summary>A batch of one, for tests of stores.</summary>
internal static class OneState
{
    public static async ValueTask<long> LoadAsync(this ISessionStore store, SessionKey key, Memory<byte> state, CancellationToken cancel)
    {
        var batch = Of(key, state.Span);
        await store.LoadAsync(batch, cancel);
        batch.End();
        batch.StateOf(0).CopyTo(state.Span);
        return batch.VersionOf(0);
    }

    public static async ValueTask<bool> TryCommitAsync(this ISessionStore store, SessionKey key, long version, byte[] state, bool mustKeep, CancellationToken cancel)
    {
        var batch = Of(key, state);
        batch.VersionOf(0) = version;
        batch.MustKeepOf(0) = mustKeep;
        var isCommitted = await store.TryCommitAsync(batch, cancel);
        batch.End();
        return isCommitted;
    }

    private static StateBatch Of(SessionKey key, ReadOnlySpan<byte> state)
    {
        var batch = new StateBatch();
        batch.Begin(key.Actor);
        batch.Add(key.Monitor, key.Subject, state.Length);
        state.CopyTo(batch.StateOf(0));
        return batch;
    }
}
