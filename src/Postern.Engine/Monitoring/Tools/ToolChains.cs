using Postern.Engine.Detection;
using Postern.Engine.Monitoring.Tools.Chains;

namespace Postern.Engine.Monitoring.Tools;

/// <summary>
/// Calls that are harmless alone and not one after another. Keyed by the principal alone: an agent that names another session,
/// trace or server cannot begin anew.
/// </summary>
internal sealed class ToolChains(Chain[] chains, ChainBounds bounds) : IMonitor
{
    public int Id => 10;

    public int StateBytes => CallHistory.StateBytes;

    public string Place => "session";

    public bool TryKey(scoped in Observation observation, out UInt128 subject)
    {
        subject = default;
        var isNews = observation.Calls.Length > 0 || (observation.Answered is not null && observation.Has(RuleCategory.Secret));
        if (isNews)
        {
            subject = Subject.Of(observation.Exchange.Actor, "tools"u8);
        }

        return isNews;
    }

    public void Observe(scoped in Observation observation, Span<byte> state, HitList hits)
    {
        var history = new CallHistory(state);
        if (observation.Answered is { } answered && observation.Calls.IsEmpty)
        {
            history.Learn(answered.Tool, CallKinds.Secret);
            return;
        }

        foreach (var call in observation.Calls)
        {
            // What no chain is made of takes no room from what is.
            if (call.Kinds != CallKinds.None)
            {
                history.Add(call, observation.NowMs);
                Report(history, observation.NowMs, hits);
            }
        }
    }

    private void Report(in CallHistory history, long nowMs, HitList hits)
    {
        Span<ulong> sets = stackalloc ulong[CallHistory.Sets];
        history.Sort(sets);
        foreach (var chain in chains)
        {
            var first = chain.Matcher.FirstOf(history, sets, bounds, nowMs);
            if (first >= 0)
            {
                hits.Add(new Hit(chain.Rule, 0, 0, chain.Rule.Confidence) { Detail = $"{history.NameOf(first)}, then {history.NameOf(0)}" });
            }
        }
    }
}
