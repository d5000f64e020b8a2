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
    /// <summary>How the SDK itself writes and reads a message.</summary>
    internal static readonly JsonTypeInfo<JsonRpcMessage> Shape = (JsonTypeInfo<JsonRpcMessage>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcMessage));

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

    private JsonRpcMessage Read(ReadOnlyMemory<byte> text)
    {
        var message = JsonSerializer.Deserialize(text.Span, Shape) ?? throw new JsonException("No message.");

        // Which request a message belongs to, and the connection that it came over.
        message.Context = context;
        return message;
    }
}
