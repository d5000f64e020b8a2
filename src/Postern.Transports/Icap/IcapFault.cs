namespace Postern.Transports.Icap;

/// <summary>What is wrong with the frame around a message, as the status that says so (RFC 3507 §4.3.3).</summary>
internal enum IcapFault
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Bytes that are no ICAP, or offsets that do not fit what they point into.</summary>
    BadRequest = 400,

    /// <summary>Another path than those of the two services.</summary>
    UnknownService = 404,

    /// <summary>The method of the other service.</summary>
    WrongService = 405,

    /// <summary>The head did not arrive in time.</summary>
    Late = 408,

    /// <summary>Longer than what is read.</summary>
    TooLong = 413,

    /// <summary>Sections that cannot be judged: a response without its request, a request without a head.</summary>
    BadComposition = 418,

    /// <summary>Another method.</summary>
    UnknownMethod = 501,

    /// <summary>Another version.</summary>
    UnknownVersion = 505,
}
