namespace Postern.Engine.Flow;

/// <summary>The unit that is inspected and released whole.</summary>
public enum MessageKind : byte
{
    /// <summary>Not set; the inspector refuses it.</summary>
    None,

    /// <summary>An HTTP request: method, URL, headers and, when held, its body.</summary>
    Request,

    /// <summary>The authority of a CONNECT request.</summary>
    Connect,

    /// <summary>An opaque tunnel whose first bytes were judged; the rest passes uninspected and is counted.</summary>
    Tunnel,

    /// <summary>An HTTP response: status, headers and, when held, its body.</summary>
    Response,

    /// <summary>One window of a body that is too long to hold.</summary>
    BodyWindow,

    /// <summary>One server-sent event.</summary>
    Event,

    /// <summary>The trailers of an HTTP message.</summary>
    Trailers,

    /// <summary>A text handed over for inspection only (Scan API, command line).</summary>
    Text,

    /// <summary>One JSON-RPC message on a wire of its own: the line of a child process, the text of a WebSocket.</summary>
    Rpc,

    /// <summary>A host name whose addresses are asked for, and nothing else yet.</summary>
    Lookup,
}
