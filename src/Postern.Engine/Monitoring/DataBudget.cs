using Postern.Engine.Detection;
using Postern.Engine.Detection.Destination;

namespace Postern.Engine.Monitoring;

/// <summary>Bytes per actor and registrable domain in the last minute, both directions.</summary>
public sealed class DataBudget : IMonitor
{
    /// <inheritdoc/>
    public int Id => 2;

    /// <inheritdoc/>
    public int StateBytes => RateWindow.StateBytes;

    /// <inheritdoc/>
    public bool TryKey(scoped in Observation observation, out UInt128 subject)
    {
        subject = default;
        if (observation.Policy.Destination.DataPerMinute == 0 || observation.Domain.IsEmpty)
        {
            return false;
        }

        subject = Subject.Of(observation.Exchange.Actor, observation.Domain);
        return true;
    }

    /// <inheritdoc/>
    public void Observe(scoped in Observation observation, Span<byte> state, HitList hits)
    {
        var bytes = observation.Message.Bytes.Length - observation.Message.Facts.Lead;
        var limit = (int)Math.Min(int.MaxValue, observation.Policy.Destination.DataPerMinute);
        if (!RateWindow.TryTake(state, observation.NowMs, limit, bytes))
        {
            hits.Add(UrlRules.DataBudget, 0, 0);
        }
    }
}
