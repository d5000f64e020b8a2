using System.Net;

namespace Postern.Engine.Detection.Destination;

/// <summary>
/// The layers that decide where an agent may go. Pure: what needs the network is handed in. <see cref="Inspect"/> is everything
/// before DNS, <see cref="InspectAddresses"/> everything after it.
/// </summary>
/// <remarks>
/// Hits carry places, never text, and no place points inside the fragment. A URL that cannot be read is reported and judged no
/// further; one that can goes through every layer, so that people see all reasons at once.
/// </remarks>
public static class UrlInspector
{
    /// <summary>Judges an absolute URL.</summary>
    /// <param name="url">The URL as received, fragment included.</param>
    /// <param name="policy">The policy pinned by the exchange.</param>
    /// <param name="hits">Receives what was found, with places in <paramref name="url"/>.</param>
    /// <param name="judged">The destination; default when the URL could not be read.</param>
    public static void Inspect(scoped ReadOnlySpan<byte> url, DestinationPolicy policy, HitList hits, out JudgedUrl judged)
    {
        judged = default;
        if (url.Length > policy.MaxUrlBytes)
        {
            hits.Add(UrlRules.TooLong, 0, url.Length);
            return;
        }

        var sent = url.IndexOf((byte)'#') is >= 0 and var hash ? url[..hash] : url;
        if (LineBreaks.TryFind(sent, out var start, out var length))
        {
            hits.Add(UrlRules.LineBreak, start, length);
        }

        if (!HttpUrl.TryParse(url, policy.MaxUrlBytes, out var parsed, out var fault))
        {
            InspectUnread(sent, fault, hits);
            return;
        }

        InspectDotDot(sent, parsed.Path, hits);
        NestedPercent.Inspect(sent, parsed, hits);
        judged = Judge(parsed, policy);
        InspectHost(judged, parsed.RawHost, policy, hits);
        UrlEntropy.Inspect(sent, parsed, policy, hits);
    }

    /// <summary>Judges the target of a CONNECT request.</summary>
    /// <param name="target">The target as received: host and port.</param>
    /// <param name="policy">The policy pinned by the exchange.</param>
    /// <param name="hits">Receives what was found, with places in <paramref name="target"/>.</param>
    /// <param name="judged">The destination, with an authority only; default when the target could not be read.</param>
    public static void InspectTarget(scoped ReadOnlySpan<byte> target, DestinationPolicy policy, HitList hits, out JudgedUrl judged)
    {
        if (InspectAuthority(target, 0, policy, hits, out judged) && !policy.ConnectPorts.IsEmpty && !policy.ConnectPorts.Contains(judged.Url.Authority.Port))
        {
            hits.Add(UrlRules.Port, 0, target.Length);
        }
    }

    /// <summary>Judges a name whose addresses are asked for. What it will be used for is not known, so no port is judged.</summary>
    /// <param name="name">The name as received.</param>
    /// <param name="policy">The policy pinned by the exchange.</param>
    /// <param name="hits">Receives what was found, with places in <paramref name="name"/>.</param>
    /// <param name="judged">The destination, with an authority only; default when the name could not be read.</param>
    public static void InspectName(scoped ReadOnlySpan<byte> name, DestinationPolicy policy, HitList hits, out JudgedUrl judged) =>
        InspectAuthority(name, HttpUrl.DefaultPort(UrlScheme.Http), policy, hits, out judged);

    /// <summary>Judges the addresses of a name. Every one must pass, because the dialler may take any of them.</summary>
    /// <param name="addresses">All addresses of the host; empty when it has none or the lookup failed.</param>
    /// <param name="judged">What <see cref="Inspect"/> or <see cref="InspectTarget"/> returned.</param>
    /// <param name="policy">The same policy.</param>
    /// <param name="hits">Receives what was found, with the place of the host in the URL.</param>
    public static void InspectAddresses(ReadOnlySpan<IPAddress> addresses, in JudgedUrl judged, DestinationPolicy policy, HitList hits)
    {
        var place = judged.Url.RawHost;
        if (addresses.IsEmpty)
        {
            Add(hits, UrlRules.Unresolvable, place);
        }

        foreach (var address in addresses)
        {
            if (AddressRules.Against(AddressBits.From(address), judged, policy) is { } rule)
            {
                Add(hits, rule, place);
                return;
            }
        }
    }

    private static bool InspectAuthority(scoped ReadOnlySpan<byte> text, int defaultPort, DestinationPolicy policy, HitList hits, out JudgedUrl judged)
    {
        judged = default;
        var fault = UrlFault.TooLong;
        if (text.Length > policy.MaxUrlBytes || !Authority.TryParse(text, defaultPort, out var authority, out fault))
        {
            hits.Add(UrlRules.Of(fault), 0, text.Length);
            return false;
        }

        judged = Judge(new HttpUrl(UrlScheme.None, authority), policy);
        InspectHost(judged, ..text.Length, policy, hits);
        UrlEntropy.InspectSubdomains(authority.Host, ..text.Length, policy, hits);
        return true;
    }

    private static JudgedUrl Judge(in HttpUrl url, DestinationPolicy policy)
    {
        var host = url.Authority.Host;
        return new JudgedUrl(
            url,
            policy.Allowlist?.Contains(host) ?? false,
            !host.IsLiteral && (policy.TrustedDomains?.Contains(host) ?? false));
    }

    private static void InspectHost(in JudgedUrl judged, Range place, DestinationPolicy policy, HitList hits)
    {
        if (policy.Strict && !judged.IsAllowlisted)
        {
            Add(hits, UrlRules.NotAllowlisted, place);
        }

        if (policy.Blocklist?.Contains(judged.Url.Authority.Host) ?? false)
        {
            Add(hits, UrlRules.Blocklisted, place);
        }

        if (judged.Url.Authority.Host.IsLiteral
            && AddressRules.Against(judged.Url.Authority.Host.Address, judged, policy) is { } rule)
        {
            Add(hits, rule, place);
        }
    }

    // What cannot be parsed is not forwarded; the path is still looked at, so that people see "..\" named and not only the backslash.
    private static void InspectUnread(ReadOnlySpan<byte> sent, UrlFault fault, HitList hits)
    {
        hits.Add(UrlRules.Of(fault), 0, sent.Length);
        var authority = sent.IndexOf("://"u8) + 3;
        var path = authority < 3 ? -1 : sent[authority..].IndexOfAny((byte)'/', (byte)'\\');
        if (path >= 0)
        {
            var query = sent.IndexOf((byte)'?');
            InspectDotDot(sent, (authority + path)..(query < authority + path ? sent.Length : query), hits);
        }
    }

    private static void InspectDotDot(ReadOnlySpan<byte> url, Range path, HitList hits)
    {
        var (offset, length) = path.GetOffsetAndLength(url.Length);
        if (DotDotSegments.TryFind(url.Slice(offset, length), out var start, out var width))
        {
            hits.Add(UrlRules.PathTraversal, offset + start, width);
        }
    }

    // A place is always counted from the start.
    private static void Add(HitList hits, Rule rule, Range place) =>
        hits.Add(rule, place.Start.Value, place.End.Value - place.Start.Value);
}
