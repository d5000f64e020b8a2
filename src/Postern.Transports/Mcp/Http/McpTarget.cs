namespace Postern.Transports.Mcp.Http;

/// <summary>What a request is for.</summary>
/// <param name="Url">The absolute URL at the server.</param>
internal sealed record McpTarget(string Url)
{
    /// <summary>True when MCP is spoken there; elsewhere lie OAuth metadata and the like.</summary>
    public bool IsEndpoint { get; init; } = true;

    /// <summary>The server, when a listener stands in for it; null where the client knows the server's own address.</summary>
    public McpUpstream? Behind { get; init; }

    /// <summary>The origin by which the client knows the server; empty where that is the server's own.</summary>
    public string KnownAs { get; init; } = string.Empty;

    /// <summary>Scheme, host and port.</summary>
    public string Origin => Behind?.Origin ?? (Uri.TryCreate(Url, UriKind.Absolute, out var url) ? url.GetLeftPart(UriPartial.Authority) : string.Empty);
}
