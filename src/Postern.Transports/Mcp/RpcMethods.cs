using System.Text;
using System.Text.Json;

namespace Postern.Transports.Mcp;

/// <summary>Methods of MCP that the wires themselves have to know, and the common ones ready-made, so that reading allocates none.</summary>
internal static class RpcMethods
{
    /// <summary>Requests that no other protocol has.</summary>
    private static readonly byte[][] s_own = Bytes(
        "tools/call", "tools/list", "resources/list", "resources/read", "resources/subscribe", "resources/templates/list", "prompts/list", "prompts/get",
        "completion/complete", "sampling/createMessage", "elicitation/create", "roots/list", "server/discover");

    private static readonly byte[][] s_common =
    [
        .. s_own,
        .. Bytes("initialize", "ping", "notifications/initialized", "notifications/progress", "notifications/message", "notifications/cancelled"),
    ];

    /// <summary>Calls a tool.</summary>
    public static ReadOnlySpan<byte> ToolsCall => "tools/call"u8;

    /// <summary>Begins a session, up to revision 2025-11-25.</summary>
    public static ReadOnlySpan<byte> Initialize => "initialize"u8;

    /// <summary>Ends the beginning of a session.</summary>
    public static ReadOnlySpan<byte> Initialized => "notifications/initialized"u8;

    /// <summary>How every method begins that is not answered: what else comes without an id is run by some servers, and answered by none.</summary>
    public static ReadOnlySpan<byte> Notifications => "notifications/"u8;

    /// <summary>True when the reader stands on a request of MCP's that no other protocol has.</summary>
    public static bool IsOwn(in Utf8JsonReader reader)
    {
        foreach (var known in s_own)
        {
            if (reader.ValueTextEquals(known))
            {
                return true;
            }
        }

        return false;
    }

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

    private static byte[][] Bytes(params string[] methods) => [.. methods.Select(Encoding.ASCII.GetBytes)];
}
