using System.Text;

namespace Postern.Transports.Mcp;

/// <summary>Methods of MCP that the wires themselves have to know, and the common ones ready-made, so that reading allocates none.</summary>
internal static class RpcMethods
{
    private static readonly byte[][] s_common =
    [
        .. new[]
        {
            "tools/call", "tools/list", "initialize", "ping", "notifications/initialized", "notifications/progress", "notifications/message", "notifications/cancelled",
            "resources/list", "resources/read", "prompts/list", "prompts/get", "sampling/createMessage", "elicitation/create", "roots/list", "server/discover",
        }.Select(Encoding.ASCII.GetBytes),
    ];

    /// <summary>Calls a tool.</summary>
    public static ReadOnlySpan<byte> ToolsCall => "tools/call"u8;

    /// <summary>Begins a session, up to revision 2025-11-25.</summary>
    public static ReadOnlySpan<byte> Initialize => "initialize"u8;

    /// <summary>Ends the beginning of a session.</summary>
    public static ReadOnlySpan<byte> Initialized => "notifications/initialized"u8;

    /// <summary>How every method begins that is not answered: what else comes without an id is run by some servers, and answered by none.</summary>
    public static ReadOnlySpan<byte> Notifications => "notifications/"u8;

    /// <summary>The bytes of a method that can be kept.</summary>
    public static ReadOnlyMemory<byte> Keep(ReadOnlySpan<byte> method)
    {
        foreach (var known in s_common)
        {
            if (method.SequenceEqual(known))
            {
                return known;
            }
        }

        return method.ToArray();
    }
}
