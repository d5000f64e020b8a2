using Postern.Transports.Http;

namespace Postern.Transports.Icap;

/// <summary>
/// The requests that were cleared and whose responses may be brought: so that request and response are one exchange, with one policy and one account. Of
/// equal ones the last is known. What was forgotten is judged anew with its response.
/// </summary>
internal sealed class AwaitedResponses
{
    /// <summary>Requests remembered; the oldest is forgotten for a new one.</summary>
    public const int Max = 4096;

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Actor, string Method, string Url), Answering> _known = [];
    private readonly Queue<(string Actor, string Method, string Url)> _order = [];

    /// <summary>Remembers what is done with the response.</summary>
    public void Keep(HeadText asked, Answering answering)
    {
        lock (_gate)
        {
            var key = KeyOf(asked, answering.Exchange.Actor);
            _known[key] = answering;
            _order.Enqueue(key);
            if (_order.Count > Max)
            {
                _known.Remove(_order.Dequeue());
            }
        }
    }

    /// <summary>What is done with the response; null when nobody knows the request. Known once.</summary>
    /// <param name="asked">The request.</param>
    /// <param name="actor">Who brings it.</param>
    public Answering? Take(HeadText asked, string actor)
    {
        lock (_gate)
        {
            return _known.Remove(KeyOf(asked, actor), out var answering) ? answering : null;
        }
    }

    private static (string Actor, string Method, string Url) KeyOf(HeadText asked, string actor) => (actor, asked.First, asked.Second);
}
