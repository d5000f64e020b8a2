namespace Postern.Engine.Detection.Destination;

/// <summary>What an address is for. Only <see cref="Global"/> may be dialled without an exception in the configuration.</summary>
public enum AddressClass : byte
{
    /// <summary>Reserved, unallocated, or of a kind nobody dials.</summary>
    Reserved,

    /// <summary>0.0.0.0/8 and <c>::</c>: on most systems another name for this machine.</summary>
    Unspecified,

    /// <summary>This machine.</summary>
    Loopback,

    /// <summary>A private network (RFC 1918, RFC 4193, old site-local).</summary>
    Private,

    /// <summary>A provider's address sharing (RFC 6598).</summary>
    Shared,

    /// <summary>The local link.</summary>
    LinkLocal,

    /// <summary>A cloud's metadata service: it hands out credentials.</summary>
    Metadata,

    /// <summary>Multicast.</summary>
    Multicast,

    /// <summary>The limited broadcast address.</summary>
    Broadcast,

    /// <summary>Set aside for examples.</summary>
    Documentation,

    /// <summary>Set aside for benchmarks (RFC 2544, RFC 5180).</summary>
    Benchmarking,

    /// <summary>Protocol machinery: IETF assignments, relays, local translation prefixes, segment routing.</summary>
    Protocol,

    /// <summary>An ordinary public address.</summary>
    Global,
}
