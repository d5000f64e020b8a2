namespace Postern.Transports.Http.Connect;

/// <summary>Why the bytes that ask for a tunnel were not accepted.</summary>
internal enum ConnectFault
{
    /// <summary>Nothing is wrong so far.</summary>
    None = 0,

    /// <summary>The head is longer than <see cref="ConnectHeadReader.MaxBytes"/>.</summary>
    TooLarge,

    /// <summary>More than <see cref="ConnectHeadReader.MaxHeaders"/> header lines.</summary>
    TooManyHeaders,

    /// <summary>A line ends with LF alone.</summary>
    BareLineFeed,

    /// <summary>A CR stands inside a line.</summary>
    BareCarriageReturn,

    /// <summary>The request line is not three fields with one space between.</summary>
    RequestLine,

    /// <summary>The target is not <c>host:port</c>.</summary>
    Authority,

    /// <summary>The version is neither HTTP/1.1 nor HTTP/1.0.</summary>
    Version,

    /// <summary>A header name is empty or has a character that no token has, or the line has no colon.</summary>
    HeaderName,

    /// <summary>White space between a header name and its colon.</summary>
    SpaceBeforeColon,

    /// <summary>A header value has a control character.</summary>
    HeaderValue,

    /// <summary>A header line starts with white space: obsolete folding.</summary>
    FoldedHeader,

    /// <summary>HTTP/1.1 without a Host header.</summary>
    HostMissing,

    /// <summary>More than one Host header.</summary>
    HostRepeated,

    /// <summary>The Host header names another place than the request line.</summary>
    HostMismatch,

    /// <summary>Content-Length or Transfer-Encoding: a CONNECT has no body.</summary>
    Body,

    /// <summary>A SOCKS5 message that breaks RFC 1928 or RFC 1929, or no way to sign in that is known here.</summary>
    Socks,

    /// <summary>A SOCKS5 command other than CONNECT, or a kind of address that there is none of.</summary>
    SocksCommand,

    /// <summary>A redirected connection that begins neither like TLS nor like HTTP/1, or names no host.</summary>
    Opening,

    /// <summary>A connection that nobody redirected, or one of our own that came back.</summary>
    Loop,

    /// <summary>The head did not arrive in time.</summary>
    Timeout,
}
