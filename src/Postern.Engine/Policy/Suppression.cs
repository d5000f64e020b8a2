using Postern.Engine.Detection.Destination;

namespace Postern.Engine.Policy;

/// <summary>A finding the operator has accepted: recorded, and without cost unless its rule is core.</summary>
/// <param name="Rule">The rule's id; a final <c>*</c> stands for any rest.</param>
/// <param name="Path">
/// Where: a host (<c>*.example.com</c> is every name below it, and itself), a URL without its query, or a place as findings print
/// it (<c>body$.memo</c>). In URLs and places <c>*</c> stands for any run of characters, in URLs a final <c>/</c> for everything below.
/// </param>
/// <param name="Reason">Why, for the reader of the evidence.</param>
public sealed record Suppression(string Rule, string Path, string Reason)
{
    private readonly PlacePattern _place = PlacePattern.TryParse(Path, out var place, out var problem)
        ? place
        : throw new FormatException($"\"{Path}\" {problem}");

    private readonly DomainSet? _destination;

    /// <summary>The host or hosts, on either side, to which it is confined; empty, the default, for all.</summary>
    public string Destination
    {
        get;
        init => _destination = (field = value).Length == 0 ? null : DomainSet.Parse([value]);
    } = string.Empty;

    /// <summary>From when on it covers nothing any more; never by default.</summary>
    public DateTimeOffset Expires { get; init; } = DateTimeOffset.MaxValue;

    /// <summary>Only findings whose place begins so are covered; empty, the default, for all.</summary>
    internal string Within { get; init; } = string.Empty;

    /// <summary>True when it speaks of a rule at all.</summary>
    public bool Names(Detection.Rule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return Wildcard.IsMatch(Rule, rule.Id);
    }

    /// <summary>True when this suppression speaks of the rule where it was found; see <see cref="PlacePattern.Covers"/>.</summary>
    internal bool Covers(string ruleId, string where, in CanonicalHost host, string url) =>
        Wildcard.IsMatch(Rule, ruleId) && where.StartsWith(Within, StringComparison.Ordinal)
        && (_destination is null || _destination.Contains(host)) && _place.Covers(where, host, url);
}
