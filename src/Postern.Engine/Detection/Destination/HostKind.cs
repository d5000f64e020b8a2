namespace Postern.Engine.Detection.Destination;

/// <summary>What a canonical host is.</summary>
public enum HostKind : byte
{
    /// <summary>No host; nothing matches it and nothing may dial it.</summary>
    None,

    /// <summary>A DNS name.</summary>
    Name,

    /// <summary>An IPv4 address, however it was spelled (also as v4-mapped IPv6).</summary>
    Ipv4,

    /// <summary>An IPv6 address.</summary>
    Ipv6,
}
