using Postern.Engine.Detection;
using Postern.Engine.Detection.Destination;
using Postern.Engine.Flow;

namespace Postern.Engine.Monitoring;

/// <summary>Requests and CONNECTs per actor and registrable domain in the last minute. Rotating subdomains share one window.</summary>
public sealed class RequestRate : IMonitor
{
    /// <inheritdoc/>
    public int Id => 1;

    /// <inheritdoc/>
    public int StateBytes => RateWindow.StateBytes;

    /// <inheritdoc/>
    public bool TryKey(scoped in Observation observation, out UInt128 subject)
    {
        subject = default;
        if (observation.Policy.Destination.RequestsPerMinute == 0 || observation.Domain.IsEmpty || observation.Message.Kind is not (MessageKind.Request or MessageKind.Connect))
        {
            return false;
        }

        subject = Subject.Of(observation.Exchange.Actor, observation.Domain);
        return true;
    }

    /// <inheritdoc/>
    public void Observe(scoped in Observation observation, Span<byte> state, HitList hits)
    {
        if (!RateWindow.TryTake(state, observation.NowMs, observation.Policy.Destination.RequestsPerMinute, 1))
        {
            hits.Add(UrlRules.Rate, 0, 0);
        }
    }
}
