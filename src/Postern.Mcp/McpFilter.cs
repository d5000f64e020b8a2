using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Postern.AspNetCore;
using Postern.Engine.Flow;
using Postern.Transports.Http;
using Postern.Transports.Mcp;

namespace Postern.Mcp;

/// <summary>Both directions of the sessions of one server, each through a gate of its own.</summary>
internal sealed class McpFilter(PosternCheckpoint checkpoint, string server)
{
    /// <summary>Sessions that are told apart at once; the transport's own are as many as its host allows. Beyond it all are forgotten, and what answers a forgotten request is refused.</summary>
    private const int MaxSessions = 10_000;

    private readonly McpParts _parts = new(checkpoint.World.Inspector, checkpoint.World.Policies, server, checkpoint.World.Time) { Agent = checkpoint.Agent.Agent };
    private readonly ConcurrentDictionary<string, RpcSession> _sessions = new(StringComparer.Ordinal);

    /// <summary>What the checkpoint itself says to the client. By identity: nothing that anybody else writes is among them.</summary>
    private readonly ConditionalWeakTable<JsonRpcMessage, McpFilter> _own = [];

    /// <summary>From the client to the server.</summary>
    public McpMessageHandler Incoming(McpMessageHandler next) => (context, cancel) => PassAsync(context, new RpcEnds(Direction.Outbound)
    {
        To = Next(context, next),

        // The server of this message knows the connection that it came over.
        Back = new McpMessageRelease(null, (message, sending) =>
        {
            _own.Add(message, this);
            return context.Server.SendMessageAsync(message, sending);
        }),
    }, cancel);

    /// <summary>From the server to the client.</summary>
    public McpMessageHandler Outgoing(McpMessageHandler next) => (context, cancel) => _own.TryGetValue(context.JsonRpcMessage, out _)
        ? next(context, cancel)
        : PassAsync(context, new RpcEnds(Direction.Inbound)
        {
            To = Next(context, next),
            Back = new McpMessageRelease(null, static (message, _) => throw new McpException(message is JsonRpcError refused ? refused.Error.Message : "Refused by Postern.")),
        }, cancel);

    private Task PassAsync(MessageContext context, RpcEnds ends, CancellationToken cancel)
    {
        var session = SessionOf(context.Server.SessionId ?? string.Empty);
        var text = JsonSerializer.SerializeToUtf8Bytes(context.JsonRpcMessage, McpMessageRelease.Shape);
        var frame = RpcFrame.Of(text);
        var gate = new RpcGate(_parts.Inspector, session, ends);
        return gate.PassAsync(text.Length > RpcLineReader.MaxBytes ? RpcFrame.TooLong(frame.Whole.Id) : frame, text, cancel).AsTask();
    }

    /// <summary>By its id: the SDK has a server object of its own for every message. A session without one has the options for itself.</summary>
    private RpcSession SessionOf(string id)
    {
        if (_sessions.Count >= MaxSessions && !_sessions.ContainsKey(id))
        {
            _sessions.Clear();
        }

        return _sessions.GetOrAdd(id, _ => new RpcSession(() => Callers.BeginExchange("mcp-sdk", _parts)));
    }

    private static McpMessageRelease Next(MessageContext context, McpMessageHandler next) => new(context.JsonRpcMessage.Context, (message, cancel) =>
    {
        context.JsonRpcMessage = message;
        return next(context, cancel);
    });
}
