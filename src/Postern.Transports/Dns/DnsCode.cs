namespace Postern.Transports.Dns;

/// <summary>Response codes (RFC 1035 §4.1.1, RFC 6891 §9).</summary>
internal enum DnsCode
{
    /// <summary>No error.</summary>
    None = 0,

    /// <summary>The query cannot be read.</summary>
    FormatError = 1,

    /// <summary>Nothing can be answered now.</summary>
    ServerFailure = 2,

    /// <summary>There is no such name.</summary>
    NameError = 3,

    /// <summary>An operation or a class other than that of the internet.</summary>
    NotImplemented = 4,

    /// <summary>The policy says no.</summary>
    Refused = 5,

    /// <summary>A version of EDNS that there is none of; needs EDNS to be said.</summary>
    BadVersion = 16,
}
