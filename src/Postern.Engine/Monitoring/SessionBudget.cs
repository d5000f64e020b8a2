using Postern.Engine.Detection;

namespace Postern.Engine.Monitoring;

/// <summary>Requests, bytes and domains of one session in a sliding window. What does not fit is refused and costs nothing.</summary>
/// <remarks>State: a <see cref="RateWindow"/> of requests, one of bytes, a <see cref="DomainTable"/>.</remarks>
internal sealed class SessionBudget(SessionLimits limits) : IMonitor
{
    private const int DomainsAt = 2 * RateWindow.StateBytes;
    private const long MinuteMs = 60_000;

    public int Id => 20;

    public int StateBytes => DomainsAt + DomainTable.StateBytes;

    public string Place => "session";

    public bool TryKey(scoped in Observation observation, out UInt128 subject)
    {
        subject = Subject.Of(observation.Exchange.Actor, "session"u8);
        return true;
    }

    public void Observe(scoped in Observation observation, Span<byte> state, HitList hits)
    {
        var requests = state[..RateWindow.StateBytes];
        var bytes = state[RateWindow.StateBytes..DomainsAt];
        var domains = new DomainTable(state[DomainsAt..]);
        var sent = observation.IsAsking ? 1 : 0;
        var size = observation.Message.Bytes.Length - observation.Message.Facts.Lead;
        var domain = observation.IsAsking && limits.Domains > 0 && !observation.Domain.IsEmpty ? DomainTable.HashOf(observation.Domain) : 0;

        // The windows count a minute; time that runs slower makes them longer, and time that stands still makes them endless.
        var now = limits.WindowMinutes == 0 ? 0 : observation.NowMs / limits.WindowMinutes;
        var since = limits.WindowMinutes == 0 ? long.MinValue : observation.NowMs - (limits.WindowMinutes * MinuteMs);
        var before = hits.Count;
        Check(limits.Requests > 0 && sent > limits.Requests - RateWindow.Total(requests, now), SessionBudgetRules.Requests, hits);
        Check(limits.Bytes > 0 && size > limits.Bytes - RateWindow.Total(bytes, now), SessionBudgetRules.Bytes, hits);
        Check(domain != 0 && domains.UsedSince(since) >= limits.Domains && !domains.IsUsedSince(domain, since), SessionBudgetRules.Domains, hits);
        if (hits.Count > before)
        {
            return;
        }

        RateWindow.Add(requests, now, sent);
        RateWindow.Add(bytes, now, size);
        if (domain != 0)
        {
            domains.Use(domain, observation.NowMs);
        }
    }

    private static void Check(bool isUsedUp, Rule rule, HitList hits)
    {
        if (isUsedUp)
        {
            hits.Add(rule, 0, 0);
        }
    }
}
