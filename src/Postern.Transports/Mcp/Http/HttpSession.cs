namespace Postern.Transports.Mcp.Http;

/// <summary>What one session over HTTP has open.</summary>
internal sealed class HttpSession
{
    /// <summary>Answers that a resumed stream may repeat.</summary>
    public const int MaxAnswered = 256;

    /// <summary>Requests of the client: their answers may come on any stream of the session.</summary>
    public RpcCalls Asked { get; } = new();

    /// <summary>Requests that were answered lately: whoever lost the answer with its connection resumes the stream and gets it again.</summary>
    public RpcCalls Answered { get; } = new(MaxAnswered);

    /// <summary>Requests of the server.</summary>
    public RpcCalls AskedBack { get; } = new();

    /// <summary>Counts up with every use of the table.</summary>
    public long LastUse { get; set; }
}
