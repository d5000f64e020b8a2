namespace Postern.Transports.Mcp.Http;

/// <summary>Who talks, and with whom: sessions of the same name elsewhere are other sessions.</summary>
/// <param name="Actor">Who.</param>
internal readonly record struct HttpPlace(string Actor)
{
    /// <summary>The server's scheme, host and port.</summary>
    public required string Origin { get; init; }
}
