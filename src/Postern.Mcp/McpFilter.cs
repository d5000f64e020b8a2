using System.Runtime.CompilerServices;
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
    private readonly McpParts _parts = new(checkpoint.World.Inspector, checkpoint.World.Policies, server, checkpoint.World.Time) { Agent = checkpoint.Agent.Agent };
    private readonly ConditionalWeakTable<McpServer, RpcSession> _sessions = [];

    /// <summary>What the checkpoint itself says to the client. By identity: nothing that anybody else writes is among them.</summary>
    private readonly ConditionalWeakTable<JsonRpcMessage, McpFilter> _own = [];

    /// <summary>From the client to the server.</summary>
    public McpMessageHandler Incoming(McpMessageHandler next) => (context, cancel) => PassAsync(context, cancel, new RpcEnds(Direction.Outbound)
    {
        To = Next(context, next),
        Back = new McpMessageRelease(context.JsonRpcMessage.Context, (message, sending) =>
        {
            _own.Add(message, this);
            return context.Server.SendMessageAsync(message, sending);
        }),
    });

    /// <summary>From the server to the client.</summary>
    public McpMessageHandler Outgoing(McpMessageHandler next) => (context, cancel) => _own.TryGetValue(context.JsonRpcMessage, out _)
        ? next(context, cancel)
        : PassAsync(context, cancel, new RpcEnds(Direction.Inbound)
        {
            To = Next(context, next),
            Back = new McpMessageRelease(null, static (message, _) => throw new McpException(message is JsonRpcError refused ? refused.Error.Message : "Refused by Postern.")),
        });

    private Task PassAsync(MessageContext context, CancellationToken cancel, RpcEnds ends)
    {
        var session = _sessions.GetValue(context.Server, _ => new RpcSession(() => Callers.BeginExchange("mcp-sdk", _parts)));
        var text = McpMessageRelease.Write(context.JsonRpcMessage);
        var frame = RpcFrame.Of(text);
        var gate = new RpcGate(_parts.Inspector, session, ends);
        return gate.PassAsync(text.Length > RpcLineReader.MaxBytes ? RpcFrame.TooLong(frame.Whole.Id) : frame, text, cancel).AsTask();
    }

    private static McpMessageRelease Next(MessageContext context, McpMessageHandler next) => new(context.JsonRpcMessage.Context, (message, cancel) =>
    {
        context.JsonRpcMessage = message;
        return next(context, cancel);
    });
}
