using Microsoft.AspNetCore.Http.Features;
using Postern.Transports.Http;

namespace Postern.Transports.Mcp.Http;

/// <summary>Tells MCP from other HTTP where it comes along with it: by the headers that only its clients send.</summary>
internal static class McpRecognition
{
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
}
