using System.Text;
using Postern.Engine.Detection;
using Postern.Engine.Detection.Destination;
using Postern.Engine.Flow;

namespace Postern.Engine.Monitoring;

/// <summary>
/// Names of one registrable domain that an actor has asked for in the last ten minutes: each can carry what its owner reads from the
/// questions. A name that was asked for already tells nobody anything new, and is not counted again.
/// </summary>
/// <param name="limit">Names that may be told apart; 1 to <see cref="MaxNames"/>.</param>
internal sealed class NameVolume(int limit) : IMonitor
{
    /// <summary>As many as the table tells apart, less the one that is too many.</summary>
    public const int MaxNames = DomainTable.MaxDomains - 1;

    private const long WindowMs = 10 * 60_000;

    /// <inheritdoc/>
    public int Id => 5;

    /// <inheritdoc/>
    public int StateBytes => DomainTable.StateBytes;

    /// <inheritdoc/>
    public bool TryKey(scoped in Observation observation, out UInt128 subject)
    {
        subject = default;
        if (observation.Message.Kind != MessageKind.Lookup || observation.Domain.IsEmpty)
        {
            return false;
        }

        subject = Subject.Of(observation.Exchange.Actor, observation.Domain);
        return true;
    }

    /// <inheritdoc/>
    public void Observe(scoped in Observation observation, Span<byte> state, HitList hits)
    {
        if (!observation.Message.TryFind(PartKind.Url, out var part))
        {
            return;
        }

        // Case carries nothing to a server that is asked in one case only, as this one is.
        Span<byte> name = stackalloc byte[CanonicalHost.MaxBytes];
        var length = Math.Min(name.Length, part.Length);
        Ascii.ToLower(observation.Message.Of(part)[..length], name, out _);
        var names = new DomainTable(state);
        var since = observation.NowMs - WindowMs;
        var hash = DomainTable.HashOf(name[..length]);
        if (!names.IsUsedSince(hash, since) && names.UsedSince(since) >= limit)
        {
            hits.Add(UrlRules.Names, 0, 0);
            return;
        }

        names.Use(hash, observation.NowMs);
    }
}
