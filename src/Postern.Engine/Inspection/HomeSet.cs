using Postern.Engine.Detection;
using Postern.Engine.Detection.Destination;

namespace Postern.Engine.Inspection;

/// <summary>The homes of one rule, ready to be compared with messages. Made once for each rule.</summary>
internal sealed class HomeSet
{
    private readonly DomainSet _headers;
    private readonly (Home Home, DomainSet Host)[] _places;

    public HomeSet(Rule rule)
    {
        var homes = rule.Homes.Where(static h => h != Rule.AnyHome)
            .Select(static h => Home.Parse(h) ?? throw new FormatException($"\"{h}\" is no home")).ToArray();
        TakesAnyHost = rule.Homes.Contains(Rule.AnyHome);
        _headers = DomainSet.Parse(homes.Where(static h => h.Kind == HomeKind.Header).Select(static h => h.Host));
        _places = [.. homes.Where(static h => h.Kind != HomeKind.Header).Select(static h => (h, DomainSet.Parse(h.Host)))];
    }

    /// <summary>A bearer shape of unknown issuer.</summary>
    public bool TakesAnyHost { get; }

    /// <summary>True when the host takes the credential in a header.</summary>
    public bool TakesInHeader(in CanonicalHost host) => _headers.Contains(host);

    /// <summary>True when the host takes the credential in this path, parameter or field.</summary>
    public bool TakesIn(HomeKind kind, in CanonicalHost host, ReadOnlySpan<byte> path, ReadOnlySpan<byte> name)
    {
        foreach (var (home, set) in _places)
        {
            if (home.Kind == kind && set.Contains(host) && home.HasPath(path) && (kind == HomeKind.Path || home.HasName(name)))
            {
                return true;
            }
        }

        return false;
    }
}
