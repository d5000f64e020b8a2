using Postern.Engine.Monitoring.Adaptive;
using Postern.Engine.Monitoring.Tools;
using Postern.Engine.Policy;

namespace Postern.Engine.Monitoring;

/// <summary>What an operator reads and changes of the sessions' states.</summary>
/// <param name="store">Keeps the states.</param>
/// <param name="time">The inspector's clock.</param>
public sealed class SessionStates(ISessionStore store, TimeProvider time)
{
    private const int MaxTries = 16;

    /// <summary>How a session stands; null where the policy does not score sessions.</summary>
    public async ValueTask<SessionStanding?> OfAsync(string actor, SecurityPolicy policy, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(policy);
        if (policy.Adaptive is not { } adaptive)
        {
            return null;
        }

        SessionStanding? standing = null;
        var isRead = await ChangeAsync(actor, state => standing = Read(state.ToArray(), adaptive.Times), cancel).ConfigureAwait(false);
        return isRead ? standing : throw new StateUnavailableException("the state changed too often while it was read");
    }

    /// <summary>Moves the airlock of a session; its time begins anew.</summary>
    /// <returns>False where the policy does not score sessions, or the state changed too often under our feet: nothing was done.</returns>
    public async ValueTask<bool> MoveAsync(string actor, AirlockTier tier, SecurityPolicy policy, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return policy.Adaptive is not null && await ChangeAsync(actor, state => Enter(state, tier), cancel).ConfigureAwait(false);
    }

    /// <summary>A new task begins: what was read for the last one taints it no more. Levels, tiers and budgets stay.</summary>
    public ValueTask BeginTaskAsync(string actor, CancellationToken cancel) => store.ForgetAsync(actor, ToolTaint.Number, cancel);

    /// <summary>Reads the state of a session, lets it be changed and keeps it; false where it changed too often under our feet.</summary>
    private async ValueTask<bool> ChangeAsync(string actor, SpanAction change, CancellationToken cancel)
    {
        var batch = new StateBatch();
        batch.Begin(actor);
        batch.Add(AdaptiveState.Monitor, AdaptiveState.KeyOf(actor).Subject, AdaptiveState.StateBytes);
        try
        {
            for (var tries = 0; tries < MaxTries; tries++)
            {
                await store.LoadAsync(batch, cancel).ConfigureAwait(false);
                change(batch.StateOf(0));
                batch.MustKeepOf(0) = AdaptiveState.IsHeld(batch.StateOf(0));
                if (await store.TryCommitAsync(batch, cancel).ConfigureAwait(false))
                {
                    return true;
                }
            }

            return false;
        }
        finally
        {
            batch.End();
        }
    }

    private SessionStanding Read(Span<byte> state, AdaptiveTimes times)
    {
        var nowMs = store.NowMs(time);
        var session = new AdaptiveState(state);
        session.Begin(nowMs);
        session.Recover(nowMs, times);
        return new SessionStanding(session.Level, session.Tier, session.Score / (double)AdaptiveState.Point, times.ThresholdOf(session.Level) / (double)AdaptiveState.Point)
        {
            TierEndsIn = session.Tier == AirlockTier.None ? null : TimeSpan.FromMilliseconds(session.TierSinceMs + times.OfTier(session.Tier) - nowMs),
        };
    }

    private void Enter(Span<byte> state, AirlockTier tier)
    {
        var nowMs = store.NowMs(time);
        var session = new AdaptiveState(state);
        session.Begin(nowMs);
        session.Enter(tier, nowMs);
    }

    private delegate void SpanAction(Span<byte> state);
}
