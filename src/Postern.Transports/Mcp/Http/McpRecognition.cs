using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Postern.Transports.Http;

namespace Postern.Transports.Mcp.Http;

/// <summary>Tells MCP from everything else where it comes along with it: by the headers that only its clients send, and by what a body asks for, whatever the client says about it.</summary>
internal static class McpRecognition
{
    /// <summary>Deeper than any policy reads.</summary>
    private static readonly JsonReaderOptions s_anyDepth = new() { MaxDepth = 1000 };

    /// <summary>What the request is for; null when it is not MCP.</summary>
    /// <param name="request">The request.</param>
    /// <param name="url">The absolute URL that it stands for.</param>
    public static McpTarget? Of(IHttpRequestFeature request, string url)
    {
        var headers = request.Headers;
        if (headers.ContainsKey("MCP-Protocol-Version") || headers.ContainsKey("Mcp-Session-Id"))
        {
            return request.Method is "POST" or "GET" or "DELETE" ? new McpTarget(url) : null;
        }

        // The first message of a session has no header of its own yet, but says that it takes both sorts of answer.
        var accept = headers.Accept.ToString();
        var takesBoth = accept.Contains("application/json", StringComparison.OrdinalIgnoreCase) && accept.Contains("text/event-stream", StringComparison.OrdinalIgnoreCase);
        var isJson = MediaTypes.TypeOf(headers.ContentType.ToString()).Equals("application/json", StringComparison.OrdinalIgnoreCase);
        return request.Method == "POST" && takesBoth && isJson ? new McpTarget(url) { IsEndpoint = false } : null;
    }

    /// <summary>
    /// True for JSON that a lenient server would run as a request of MCP: by the method, and by a member that requests have and other records do not.
    /// Whether it is a sound one is not asked.
    /// </summary>
    /// <param name="body">A body or a message, or its beginning.</param>
    public static bool IsIn(ReadOnlySpan<byte> body)
    {
        var text = body.StartsWith("\uFEFF"u8) ? body[3..] : body;
        if (text.TrimStart(" \t\r\n"u8) is not [(byte)'{' or (byte)'[', ..])
        {
            return false;
        }

        // More may follow.
        var reader = new Utf8JsonReader(text, isFinalBlock: false, new JsonReaderState(s_anyDepth));
        var (method, rest) = (false, false);
        try
        {
            while (!(method && rest) && reader.Read())
            {
                if (reader.TokenType == JsonTokenType.StartObject)
                {
                    (method, rest) = (false, false);
                }
                else if (reader.TokenType == JsonTokenType.PropertyName && !TryReadMember(ref reader, ref method, ref rest))
                {
                    break;
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // What follows is no JSON; what came before was read.
        }

        return method && rest;
    }

    /// <summary>False when the text ends before the member does.</summary>
    private static bool TryReadMember(ref Utf8JsonReader reader, ref bool method, ref bool rest)
    {
        Span<byte> room = stackalloc byte[RpcSpelling.LongestName];
        var name = RpcSpelling.NameAt(reader, room, out var isCut);
        rest |= RpcSpelling.IsLike(name, "jsonrpc"u8) || RpcSpelling.IsLike(name, "id"u8) || RpcSpelling.IsLike(name, "params"u8);
        var isMethod = isCut || RpcSpelling.IsLike(name, "method"u8);
        if (!reader.Read())
        {
            return false;
        }

        method |= isMethod && reader.TokenType == JsonTokenType.String && RpcMethods.IsOwn(reader);
        return reader.TrySkip();
    }
}
