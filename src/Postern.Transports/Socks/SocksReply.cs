namespace Postern.Transports.Socks;

/// <summary>Reply codes (RFC 1928 §6).</summary>
internal enum SocksReply : byte
{
    /// <summary>The connection is open.</summary>
    Succeeded = 0,

    /// <summary>Anything that has no code of its own.</summary>
    Failed = 1,

    /// <summary>The policy says no.</summary>
    NotAllowed = 2,

    /// <summary>The host does not answer.</summary>
    HostUnreachable = 4,

    /// <summary>BIND, UDP ASSOCIATE, or a command that there is none of.</summary>
    CommandNotSupported = 7,

    /// <summary>A kind of address that there is none of.</summary>
    AddressNotSupported = 8,
}
