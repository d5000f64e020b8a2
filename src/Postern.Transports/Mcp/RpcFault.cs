namespace Postern.Transports.Mcp;

/// <summary>Why a text is no JSON-RPC message.</summary>
internal enum RpcFault : byte
{
    /// <summary>It is one.</summary>
    None,

    /// <summary>Not one JSON value, or nested beyond what anybody reads.</summary>
    NotJson,

    /// <summary>JSON, but not the members of a message.</summary>
    NotRpc,

    /// <summary>A member twice, or once more with other capitals: peers disagree on which of them counts.</summary>
    DoubledMember,

    /// <summary>An id that is neither text nor an integer.</summary>
    BadId,

    /// <summary>Longer than what is read as one message.</summary>
    TooLong,
}
