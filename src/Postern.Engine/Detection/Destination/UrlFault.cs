namespace Postern.Engine.Detection.Destination;

/// <summary>Why a URL or an authority cannot be taken. What we cannot forward exactly is refused, never repaired.</summary>
public enum UrlFault : byte
{
    /// <summary>No fault.</summary>
    None,

    /// <summary>Nothing was given.</summary>
    Empty,

    /// <summary>Longer than the policy permits.</summary>
    TooLong,

    /// <summary>Not http, https, ws or wss.</summary>
    BadScheme,

    /// <summary>The scheme is not followed by <c>//</c> and a host.</summary>
    MissingAuthority,

    /// <summary>A space or a control byte.</summary>
    ControlByte,

    /// <summary>A byte above 0x7E in path or query, where only percent-encoding is unambiguous.</summary>
    NonAscii,

    /// <summary>A backslash in authority or path: some readers take it for a slash.</summary>
    Backslash,

    /// <summary>A user name or password before the host.</summary>
    Userinfo,

    /// <summary>The port is empty, zero, above 65535, has leading zeros, or is no number.</summary>
    BadPort,

    /// <summary>The host is no name that DNS can hold: empty or long labels, forbidden characters, invalid IDNA.</summary>
    BadHost,

    /// <summary>The host ends in a number and so must be an IPv4 address, but is none.</summary>
    BadIpv4,

    /// <summary>The bracketed host is no IPv6 address, or has a zone id.</summary>
    BadIpv6,
}
