using ModelContextProtocol.Server;
using Postern.AspNetCore;

namespace Postern.Mcp;

/// <summary>The checkpoint inside an MCP server that is built with the official C# SDK.</summary>
public static class PosternMcpServer
{
    /// <summary>
    /// Passes every message of every session of this server through the checkpoint, calls and results, lists, prompts and resources, both ways, as <c>postern mcp
    /// proxy</c> does. Call it when all other filters are set: what is added later sees messages before they are inspected, or changes them afterwards.
    /// </summary>
    /// <param name="options">The server's options.</param>
    /// <param name="checkpoint">The checkpoint, which stays the caller's.</param>
    /// <param name="server">The server's name, by which evidence, pins and policies know it; not empty.</param>
    /// <remarks>
    /// A refused call of a tool is a result with <c>isError</c>, any other refused request an error with a code from 46001 to 46006; what the server asks of the client
    /// and is refused throws an <see cref="ModelContextProtocol.McpException"/>. A refused notification is dropped. What is edited arrives edited.
    /// </remarks>
    public static McpServerOptions UsePostern(this McpServerOptions options, PosternCheckpoint checkpoint, string server)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentException.ThrowIfNullOrEmpty(server);
        var filter = new McpFilter(checkpoint, server);
        options.Filters.Message.IncomingFilters.Insert(0, filter.Incoming);
        options.Filters.Message.OutgoingFilters.Add(filter.Outgoing);
        return options;
    }
}
