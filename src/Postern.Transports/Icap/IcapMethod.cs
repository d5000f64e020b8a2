namespace Postern.Transports.Icap;

/// <summary>What a client asks for (RFC 3507 §4.8–4.10).</summary>
internal enum IcapMethod
{
    /// <summary>What a service does.</summary>
    Options = 0,

    /// <summary>To look at a request.</summary>
    RequestModification,

    /// <summary>To look at a response.</summary>
    ResponseModification,
}
