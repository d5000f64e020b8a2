using System.Net;
using Postern.Transports.Http;

namespace Postern.Transports.Icap;

/// <summary>
/// The requests that were cleared and whose responses may be brought: so that request and response are one exchange, with one policy and one account. They are kept by
/// the proxy that brings them and not by who the agent is: what an agent shows of itself is not sent on, and does not come back. Of equal ones the first is known
/// first. What was forgotten is judged anew with its response.
/// </summary>
internal sealed class AwaitedResponses(TimeProvider time)
{
    /// <summary>Requests remembered; the oldest is forgotten for a new one.</summary>
    public const int Max = 4096;

    /// <summary>A response that comes later is judged anew: the policy of its request may be gone.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<Key, List<Kept>> _known = [];
    private readonly Queue<(Key Key, Kept Kept)> _order = [];

    /// <summary>Remembers what is done with the response.</summary>
    public void Keep(HeadText asked, IPAddress peer, Answering answering)
    {
        lock (_gate)
        {
            var (key, kept) = (KeyOf(asked, peer), new Kept(answering, time.GetTimestamp()));
            if (!_known.TryGetValue(key, out var equals))
            {
                _known[key] = equals = [];
            }

            equals.Add(kept);
            _order.Enqueue((key, kept));
            if (_order.Count > Max)
            {
                var oldest = _order.Dequeue();
                Remove(oldest.Key, oldest.Kept);
            }
        }
    }

    /// <summary>What is done with the response; null when nobody knows the request. Known once.</summary>
    /// <param name="asked">The request.</param>
    /// <param name="peer">Who brings it.</param>
    /// <param name="isTangled">True when several agents wait for such a response, so that nobody can say whose it is.</param>
    public Answering? Take(HeadText asked, IPAddress peer, out bool isTangled)
    {
        lock (_gate)
        {
            var key = KeyOf(asked, peer);
            isTangled = false;
            if (!_known.TryGetValue(key, out var equals))
            {
                return null;
            }

            equals.RemoveAll(kept => time.GetElapsedTime(kept.Since) > Lifetime);
            var first = equals.FirstOrDefault();
            isTangled = first is not null && equals.Exists(kept => kept.Answering.Exchange.Actor != first.Answering.Exchange.Actor);
            Remove(key, first);
            return isTangled ? null : first?.Answering;
        }
    }

    private void Remove(Key key, Kept? kept)
    {
        if (_known.TryGetValue(key, out var equals) && (kept is null || equals.Remove(kept)) && equals.Count == 0)
        {
            _known.Remove(key);
        }
    }

    private static Key KeyOf(HeadText asked, IPAddress peer) => new(peer, asked.First, asked.Second);

    private readonly record struct Key(IPAddress Peer, string Method, string Url);

    private sealed record Kept(Answering Answering, long Since);
}
