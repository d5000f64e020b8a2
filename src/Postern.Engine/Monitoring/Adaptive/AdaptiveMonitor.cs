using Postern.Engine.Configuration.Sections;
using Postern.Engine.Detection;
using Postern.Engine.Flow;
using Postern.Engine.Monitoring.Tools.Chains;
using Postern.Engine.Policy;

namespace Postern.Engine.Monitoring.Adaptive;

/// <summary>
/// Scores sessions by what came of their messages, and holds them to their level and their airlock. Looks last, at refused messages too. What a
/// session is shut off from counts nothing: an agent that goes on trying recovers like one that waits.
/// </summary>
internal sealed class AdaptiveMonitor(AdaptiveEnforcementSection section, AirlockSection airlock) : IMonitor
{
    private const CallKinds Changes = CallKinds.Write | CallKinds.Exec | CallKinds.Send | CallKinds.Persist | CallKinds.Secret;

    private readonly long _decay = (long)(section.DecayPerCleanRequest * AdaptiveState.Point);
    private readonly AirlockTier[] _tiers = airlock.Enabled ? [AirlockTier.None, airlock.OnElevated, airlock.OnHigh, airlock.OnCritical] : new AirlockTier[4];

    public int Id => AdaptiveState.Monitor;

    public int StateBytes => AdaptiveState.StateBytes;

    public string Place => "session";

    /// <summary>How high the levels are, and how long they last.</summary>
    public AdaptiveTimes Times { get; } = new(section, airlock);

    public bool TryKey(scoped in Observation observation, out UInt128 subject)
    {
        subject = AdaptiveState.KeyOf(observation.Exchange.Actor).Subject;
        return !observation.Has(RuleCategory.Operation);
    }

    public bool MustKeep(ReadOnlySpan<byte> state) => AdaptiveState.IsHeld(state);

    public void Observe(scoped in Observation observation, Span<byte> state, HitList hits)
    {
        var session = new AdaptiveState(state);
        session.Begin(observation.NowMs);
        var (level, tier) = (session.Level, session.Tier);
        session.Recover(observation.NowMs, Times);
        var refusal = ShutOff(session, observation) ?? (IsUpgraded(session.Level, observation) ? AdaptiveRules.Upgraded : null);
        if ((refusal is null || refusal == AdaptiveRules.Upgraded) && !Signal.IsNeutral(observation))
        {
            Score(session, observation);
        }

        Report(AdaptiveRules.Level, AdaptiveWords.Of(level), AdaptiveWords.Of(session.Level), hits);
        Report(session.Tier > tier && session.Tier >= AirlockTier.Hard ? AdaptiveRules.Closed : AdaptiveRules.Tier, AdaptiveWords.Of(tier), AdaptiveWords.Of(session.Tier), hits);
        if (refusal is not null && observation.Effect > Effect.Deny)
        {
            hits.Add(refusal, 0, 0);
        }
    }

    /// <summary>What the session, as it stood before this message, does not get through.</summary>
    private Rule? ShutOff(AdaptiveState session, scoped in Observation observation) =>
        session.Tier == AirlockTier.Drain || (session.Tier == AirlockTier.Hard && !IsReading(observation)) ? AdaptiveRules.Airlock
        : session.Level >= section.BlockAll && observation.Message.Direction == Direction.Outbound ? AdaptiveRules.Locked
        : null;

    private bool IsUpgraded(ThreatLevel level, scoped in Observation observation)
    {
        var isNearMiss = level >= section.UpgradeAsk && observation.Effect == Effect.Ask;
        foreach (var finding in observation.Found)
        {
            isNearMiss |= level >= section.UpgradeWarn && Signal.IsNearMiss(observation, finding);
        }

        return isNearMiss;
    }

    private void Score(AdaptiveState session, scoped in Observation observation)
    {
        var points = Signal.PointsOf(observation);
        if (points > 0)
        {
            session.LastMs = observation.NowMs;
            session.Score += points * AdaptiveState.Point;
        }
        else if (observation.IsAsking)
        {
            // Pieces of a stream are no requests: an agent must not wash its score by streaming.
            session.Score -= _decay;
        }

        if (points > 0 && session.Level < ThreatLevel.Critical && session.Score >= Times.ThresholdOf(session.Level))
        {
            session.Level++;
            if (_tiers[(int)session.Level] is var tier && tier > session.Tier)
            {
                session.Enter(tier, observation.NowMs);
            }
        }
    }

    /// <summary>What changes nothing, and can be read by Postern: answers, safe methods of HTTP, tunnels that are read, calls of tools that only look.</summary>
    private static bool IsReading(scoped in Observation observation)
    {
        var message = observation.Message;
        if (message.Direction == Direction.Inbound)
        {
            return true;
        }

        if (message.FactsRef.Mcp.IsMcp)
        {
            return observation.IsAsking && !Array.Exists(observation.Calls.ToArray(), static call => (call.Kinds & Changes) != 0);
        }

        return message.Kind switch
        {
            MessageKind.Connect => observation.Exchange.ReadsTunnel,
            MessageKind.Request => message.TryFind(PartKind.Method, out var method) && message.Of(method) is var name && (name.SequenceEqual("GET"u8) || name.SequenceEqual("HEAD"u8) || name.SequenceEqual("OPTIONS"u8)),
            _ => false,
        };
    }

    private static void Report(Rule rule, string before, string after, HitList hits)
    {
        if (before != after)
        {
            hits.Add(new Hit(rule, 0, 0, rule.Confidence) { Detail = $"{before} -> {after}" });
        }
    }
}
