using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using Postern.Engine.Inspection;
using Postern.Transports.Http;
using Postern.Transports.Mcp;

namespace Postern.Mcp;

/// <summary>Hands messages to the SDK: each is read anew from the bytes that were cleared, or from a reply of Postern's own.</summary>
internal sealed class McpMessageRelease(JsonRpcMessageContext? context, Func<JsonRpcMessage, CancellationToken, Task> send) : IRpcWire
{
    private static readonly JsonTypeInfo<JsonRpcMessage> s_type = (JsonTypeInfo<JsonRpcMessage>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcMessage));

    /// <inheritdoc/>
    public async ValueTask PassAsync(Cleared cleared, CancellationToken cancel)
    {
        JsonRpcMessage message;
        using (var taken = cleared.Take())
        {
            message = Read(taken.ReleasableBody);
        }

        await send(message, cancel).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask SayAsync(Reply reply, CancellationToken cancel) => await send(Read(reply.Body), cancel).ConfigureAwait(false);

    /// <summary>The bytes that are inspected.</summary>
    internal static byte[] Write(JsonRpcMessage message) => JsonSerializer.SerializeToUtf8Bytes(message, s_type);

    private JsonRpcMessage Read(ReadOnlyMemory<byte> text)
    {
        var message = JsonSerializer.Deserialize(text.Span, s_type) ?? throw new JsonException("No message.");

        // Which request a message belongs to, and the connection that it came over.
        message.Context = context;
        return message;
    }
}
