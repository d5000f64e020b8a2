namespace Postern.Transports.Http.Tls;

/// <summary>What the first bytes of a connection are.</summary>
internal enum ClientHelloStatus
{
    /// <summary>They claim to be TLS and break its rules, or the hello is larger than <see cref="ClientHelloReader.MaxBytes"/>.</summary>
    Malformed = 0,

    /// <summary>They may still become a hello; read more.</summary>
    NeedMore,

    /// <summary>The first byte is no TLS handshake record.</summary>
    NotTls,

    /// <summary>A whole ClientHello was read.</summary>
    Done,
}
