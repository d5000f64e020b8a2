using Postern.Engine.Inspection;
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

        var state = new byte[AdaptiveState.StateBytes];
        await store.LoadAsync(AdaptiveState.KeyOf(actor), state, cancel).ConfigureAwait(false);
        var nowMs = InspectorSeams.NowOf(time);
        var session = new AdaptiveState(state);
        session.Begin(nowMs);
        session.Recover(nowMs, adaptive.Times);
        return new SessionStanding(session.Level, session.Tier, session.Score / (double)AdaptiveState.Point, adaptive.Times.ThresholdOf(session.Level) / (double)AdaptiveState.Point)
        {
            TierEndsIn = session.Tier == AirlockTier.None ? null : TimeSpan.FromMilliseconds(session.TierSinceMs + adaptive.Times.OfTier(session.Tier) - nowMs),
        };
    }

    /// <summary>Moves the airlock of a session; its time begins anew.</summary>
    /// <returns>False where the policy does not score sessions, or the state changed too often under our feet: nothing was done.</returns>
    public async ValueTask<bool> MoveAsync(string actor, AirlockTier tier, SecurityPolicy policy, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var (key, state) = (AdaptiveState.KeyOf(actor), new byte[AdaptiveState.StateBytes]);
        for (var tries = 0; policy.Adaptive is not null && tries < MaxTries; tries++)
        {
            var version = await store.LoadAsync(key, state, cancel).ConfigureAwait(false);
            Enter(state, tier);
            if (await store.TryCommitAsync(key, version, state, AdaptiveState.IsHeld(state), cancel).ConfigureAwait(false))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A new task begins: what was read for the last one taints it no more. Levels, tiers and budgets stay.</summary>
    public ValueTask BeginTaskAsync(string actor, CancellationToken cancel) => store.ForgetAsync(actor, ToolTaint.Number, cancel);

    private void Enter(byte[] state, AirlockTier tier)
    {
        var nowMs = InspectorSeams.NowOf(time);
        var session = new AdaptiveState(state);
        session.Begin(nowMs);
        session.Enter(tier, nowMs);
    }
}
