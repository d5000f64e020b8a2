namespace Postern.Transports.Http.Connect;

/// <summary>Why a tunnel ended.</summary>
internal enum TunnelEndReason
{
    /// <summary>Something threw; nothing more is known.</summary>
    Failed = 0,

    /// <summary>The upstream could not be reached; the client got the refusal.</summary>
    DialRefused,

    /// <summary>The client closed before its first bytes said what it speaks.</summary>
    ClientGone,

    /// <summary>The first bytes did not arrive, or not completely, in time.</summary>
    OpeningTimeout,

    /// <summary>The first bytes claim to be TLS and are not.</summary>
    HelloMalformed,

    /// <summary>The server name is missing or is not the host of the authority.</summary>
    ServerNameMismatch,

    /// <summary>The TLS handshake failed or timed out: most often a client that does not trust the authority.</summary>
    HandshakeFailed,

    /// <summary><see cref="IRelayTarget.AdmitAsync"/> said no.</summary>
    NotAdmitted,

    /// <summary>The client ended, and everything was delivered.</summary>
    ClientClosed,

    /// <summary>The upstream ended, and everything was delivered.</summary>
    UpstreamClosed,

    /// <summary>One side broke off; bytes may be lost.</summary>
    ConnectionLost,

    /// <summary>No byte in either direction for <see cref="TunnelLimits.Idle"/>.</summary>
    IdleTimeout,

    /// <summary>Open for <see cref="TunnelLimits.Lifetime"/>.</summary>
    LifetimeReached,

    /// <summary><see cref="RelayTunnel.Halt"/> was cancelled.</summary>
    Halted,

    /// <summary>The requests inside an intercepted tunnel are over; each has its own account.</summary>
    Served,
}
