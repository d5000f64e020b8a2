namespace Postern.Transports.Mcp;

/// <summary>Why a text is no JSON-RPC message.</summary>
internal enum RpcFault : byte
{
    /// <summary>It is one.</summary>
    None,

    /// <summary>Not one JSON value, or nested beyond what anybody reads.</summary>
    NotJson,

    /// <summary>JSON, but not the members of a message; or a request without an id.</summary>
    NotRpc,

    /// <summary>A member twice, or one that only some peers take for a member: they disagree on what counts.</summary>
    DoubledMember,

    /// <summary>An id that is neither text nor an integer.</summary>
    BadId,

    /// <summary>Longer than what is read as one message.</summary>
    TooLong,
}
