using System.Collections.Immutable;

namespace Postern.Engine.Detection.Destination;

/// <summary>What the policy says of one address.</summary>
internal static class AddressRules
{
    /// <summary>The rule that <paramref name="address"/> breaks; null when it may be dialled.</summary>
    public static Rule? Against(UInt128 address, in JudgedUrl judged, DestinationPolicy policy)
    {
        if (Contains(policy.AllowedRanges, address))
        {
            return null;
        }

        var isLiteral = judged.Url.Authority.Host.IsLiteral;
        return SpecialAddresses.Classify(address) switch
        {
            AddressClass.Metadata => UrlRules.MetadataAddress,
            AddressClass.Global when !IsConfiguredInternal(address, policy.InternalRanges) => null,
            _ when judged.IsTrusted => null,
            _ when judged.IsAllowlisted => isLiteral ? UrlRules.AllowlistedInternalLiteral : UrlRules.AllowlistedInternalName,
            _ => UrlRules.InternalAddress,
        };
    }

    private static bool IsConfiguredInternal(UInt128 address, ImmutableArray<IpRange> ranges)
    {
        if (ranges.IsEmpty)
        {
            return false;
        }

        if (Contains(ranges, address))
        {
            return true;
        }

        Span<UInt128> embedded = stackalloc UInt128[EmbeddedIpv4.MaxAddresses];
        foreach (var inner in embedded[..EmbeddedIpv4.Find(address, embedded)])
        {
            if (Contains(ranges, inner))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Contains(ImmutableArray<IpRange> ranges, UInt128 address)
    {
        foreach (var range in ranges)
        {
            if (range.Contains(address))
            {
                return true;
            }
        }

        return false;
    }
}
