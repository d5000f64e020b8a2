using System.Text.Json;

namespace Postern.Transports.Mcp.Http;

/// <summary>
/// The server behind a listener, and how addresses of the one look from the other. A client that runs OAuth compares origins: those that
/// name the server have to name the listener (RFC 9728), and nothing else is changed.
/// </summary>
/// <param name="url">The server's MCP endpoint.</param>
internal sealed class McpUpstream(Uri url)
{
    /// <summary>Scheme, host and port of the server.</summary>
    public string Origin { get; } = url.GetLeftPart(UriPartial.Authority);

    /// <summary>The address that a request to the listener stands for: the root is the endpoint, anything else is where it says.</summary>
    public string UrlOf(string target) => target == "/" || target.StartsWith("/?", StringComparison.Ordinal)
        ? Origin + url.AbsolutePath + (url.Query.Length > 0 ? url.Query : target[1..])
        : Origin + target;

    /// <summary>True when <paramref name="target"/> is the endpoint itself.</summary>
    public bool IsEndpoint(string target)
    {
        var path = target.Split('?')[0];
        return path == "/" || path == url.AbsolutePath;
    }

    /// <summary>A header that leads a client to the server's metadata, leading to the listener.</summary>
    public string Localize(string header, string listener) => header.Replace("\"" + Origin + "/", "\"" + listener + "/", StringComparison.OrdinalIgnoreCase);

    /// <summary>Protected-resource metadata whose <c>resource</c> names the listener; null when it names something else or is no such document.</summary>
    public byte[]? Localize(ReadOnlySpan<byte> metadata, string listener)
    {
        var reader = new Utf8JsonReader(metadata);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 && reader.ValueTextEquals("resource"u8))
                {
                    return reader.Read() && reader.TokenType == JsonTokenType.String && reader.GetString() is { } resource && Names(resource)
                        ? [.. metadata[..(int)reader.TokenStartIndex], (byte)'"', .. JsonEncodedText.Encode(listener + resource[Origin.Length..]).EncodedUtf8Bytes, (byte)'"', .. metadata[(int)reader.BytesConsumed..]]
                        : null;
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // No metadata; whatever it is, the checkpoint looks at it.
        }

        return null;
    }

    private bool Names(string resource) => resource.StartsWith(Origin, StringComparison.OrdinalIgnoreCase) && (resource.Length == Origin.Length || resource[Origin.Length] == '/');
}
