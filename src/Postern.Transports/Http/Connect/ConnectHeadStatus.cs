namespace Postern.Transports.Http.Connect;

/// <summary>What the first bytes of a connection are.</summary>
internal enum ConnectHeadStatus
{
    /// <summary>A CONNECT request that must be refused; <see cref="ConnectHeadReader.Fault"/> says why.</summary>
    Bad = 0,

    /// <summary>They may still become a CONNECT request; read more.</summary>
    NeedMore,

    /// <summary>Something other than CONNECT; known at the first byte that differs.</summary>
    NotConnect,

    /// <summary>A whole head; see <see cref="ConnectHeadReader.Head"/>.</summary>
    Done,
}
