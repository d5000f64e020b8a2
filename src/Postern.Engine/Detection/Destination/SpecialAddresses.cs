namespace Postern.Engine.Detection.Destination;

/// <summary>
/// What each address is for: the IANA IPv4 and IPv6 special-purpose address registries, the multicast registries, and the metadata
/// services of the large clouds. The longest matching block decides; IPv6 outside 2000::/3 is not global at all.
/// </summary>
internal static class SpecialAddresses
{
    private static readonly (IpRange Range, AddressClass Class)[] s_rows = Parsed(
    [
        // IANA IPv4 Special-Purpose Address Registry
        ("0.0.0.0/8", AddressClass.Unspecified),        // RFC 791 §3.2
        ("10.0.0.0/8", AddressClass.Private),           // RFC 1918
        ("100.64.0.0/10", AddressClass.Shared),         // RFC 6598
        ("127.0.0.0/8", AddressClass.Loopback),         // RFC 1122 §3.2.1.3
        ("169.254.0.0/16", AddressClass.LinkLocal),     // RFC 3927
        ("172.16.0.0/12", AddressClass.Private),        // RFC 1918
        ("192.0.0.0/24", AddressClass.Protocol),        // RFC 6890 §2.1
        ("192.0.2.0/24", AddressClass.Documentation),   // RFC 5737
        ("192.88.99.0/24", AddressClass.Protocol),      // RFC 7526, the former 6to4 relay
        ("192.168.0.0/16", AddressClass.Private),       // RFC 1918
        ("198.18.0.0/15", AddressClass.Benchmarking),   // RFC 2544
        ("198.51.100.0/24", AddressClass.Documentation), // RFC 5737
        ("203.0.113.0/24", AddressClass.Documentation), // RFC 5737
        ("224.0.0.0/4", AddressClass.Multicast),        // RFC 5771
        ("240.0.0.0/4", AddressClass.Reserved),         // RFC 1112 §4
        ("255.255.255.255/32", AddressClass.Broadcast), // RFC 919

        // IANA IPv6 Special-Purpose Address Registry
        ("::/128", AddressClass.Unspecified),           // RFC 4291
        ("::1/128", AddressClass.Loopback),             // RFC 4291
        ("64:ff9b::/96", AddressClass.Global),          // RFC 6052: as good as the IPv4 address inside, which is judged too
        ("64:ff9b:1::/48", AddressClass.Protocol),      // RFC 8215
        ("100::/64", AddressClass.Reserved),            // RFC 6666, discard only
        ("100:0:0:1::/64", AddressClass.Reserved),      // RFC 9780, dummy prefix
        ("2000::/3", AddressClass.Global),              // RFC 3587, the space that is given out
        ("2001::/23", AddressClass.Protocol),           // RFC 2928
        ("2001::/32", AddressClass.Global),             // RFC 4380 Teredo: as good as the IPv4 addresses inside
        ("2001:1::1/128", AddressClass.Global),         // RFC 7723
        ("2001:1::2/128", AddressClass.Global),         // RFC 8155
        ("2001:1::3/128", AddressClass.Global),         // RFC 9665
        ("2001:2::/48", AddressClass.Benchmarking),     // RFC 5180
        ("2001:3::/32", AddressClass.Global),           // RFC 7450
        ("2001:4:112::/48", AddressClass.Global),       // RFC 7535
        ("2001:10::/28", AddressClass.Reserved),        // RFC 4843, returned
        ("2001:20::/28", AddressClass.Global),          // RFC 7343
        ("2001:30::/28", AddressClass.Global),          // RFC 9374
        ("2001:db8::/32", AddressClass.Documentation),  // RFC 3849
        ("3fff::/20", AddressClass.Documentation),      // RFC 9637
        ("5f00::/16", AddressClass.Protocol),           // RFC 9602
        ("fc00::/7", AddressClass.Private),             // RFC 4193
        ("fe80::/10", AddressClass.LinkLocal),          // RFC 4291
        ("fec0::/10", AddressClass.Private),            // RFC 3879, deprecated and still routed by some
        ("ff00::/8", AddressClass.Multicast),           // RFC 4291

        // Metadata services, each from its provider's documentation
        ("169.254.169.254/32", AddressClass.Metadata),  // AWS, Azure, Google, Oracle, DigitalOcean, OpenStack, IBM …
        ("169.254.170.2/32", AddressClass.Metadata),    // AWS ECS task credentials
        ("169.254.170.23/32", AddressClass.Metadata),   // AWS EKS pod identity
        ("169.254.42.42/32", AddressClass.Metadata),    // Scaleway
        ("169.254.0.23/32", AddressClass.Metadata),     // Tencent
        ("168.63.129.16/32", AddressClass.Metadata),    // Azure wire server
        ("100.100.100.200/32", AddressClass.Metadata),  // Alibaba
        ("192.0.0.192/32", AddressClass.Metadata),      // Oracle, older images
        ("fd00:ec2::254/128", AddressClass.Metadata),   // AWS
        ("fd00:ec2::23/128", AddressClass.Metadata),    // AWS EKS pod identity
        ("fd20:ce::254/128", AddressClass.Metadata),    // Google
        ("fd00:42::42/128", AddressClass.Metadata),     // Scaleway
    ]);

    /// <summary>The class of the address, or of an IPv4 address inside it when that one is not global.</summary>
    public static AddressClass Classify(UInt128 address)
    {
        var own = ClassOf(address);
        if (AddressBits.IsIpv4(address))
        {
            return own;
        }

        Span<UInt128> embedded = stackalloc UInt128[EmbeddedIpv4.MaxAddresses];
        foreach (var inner in embedded[..EmbeddedIpv4.Find(address, embedded)])
        {
            var innerClass = ClassOf(inner);
            if (innerClass != AddressClass.Global && (own == AddressClass.Global || innerClass == AddressClass.Metadata))
            {
                own = innerClass;
            }
        }

        return own;
    }

    private static AddressClass ClassOf(UInt128 address)
    {
        var (best, bits) = (AddressBits.IsIpv4(address) ? AddressClass.Global : AddressClass.Reserved, 0);
        foreach (ref readonly var row in s_rows.AsSpan())
        {
            if (row.Range.PrefixLength > bits && row.Range.Contains(address))
            {
                (best, bits) = (row.Class, row.Range.PrefixLength);
            }
        }

        return best;
    }

    private static (IpRange, AddressClass)[] Parsed((string Text, AddressClass Class)[] rows)
    {
        var parsed = new (IpRange Range, AddressClass Class)[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            parsed[i] = IpRange.TryParse(rows[i].Text, out var range)
                ? (range, rows[i].Class)
                : throw new InvalidOperationException($"the address table has a bad row: {rows[i].Text}");
        }

        return parsed;
    }
}
