namespace Postern.Engine.Mcp;

/// <summary>What one JSON-RPC message is by its members.</summary>
public enum RpcShape : byte
{
    /// <summary>Not JSON-RPC, or nothing that could be told.</summary>
    None,

    /// <summary>Has a method and an id.</summary>
    Request,

    /// <summary>Has a method and no id; is never answered.</summary>
    Notification,

    /// <summary>Answers a request.</summary>
    Result,

    /// <summary>Answers a request with an error.</summary>
    Error,

    /// <summary>The arguments of a call without an envelope, handed over for inspection; the tool's name is the message's text.</summary>
    Call,

    /// <summary>Several of them in an array (revision 2025-03-26 only).</summary>
    Batch,
}
