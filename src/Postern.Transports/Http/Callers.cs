using System.Net;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Postern.Engine.Agents;
using Postern.Engine.Evidence;
using Postern.Engine.Flow;
using Postern.Engine.Policy;
using Postern.Transports.Http.Connect;
using Postern.Transports.Mcp;

namespace Postern.Transports.Http;

/// <summary>Begins conversations: here, and nowhere else, it is found out who acts, under the policy that the conversation then keeps.</summary>
internal static class Callers
{
    /// <summary>Carries the token of an agent; never forwarded.</summary>
    public const string TokenHeader = "X-Postern-Agent-Token";
    private const string NameHeader = "X-Postern-Agent";
    private const string ProxyHeader = "Proxy-Authorization";
    private const string Bearer = "Bearer ";
    private const string Basic = "Basic ";

    /// <summary>Of a child process, or over a line of the operator's own.</summary>
    public static Exchange BeginExchange(string transport, McpParts parts)
    {
        var current = parts.Policies.Current;
        return new Exchange(current.Policy.Agents.Identify(new AgentClues(parts.Agent, null)), transport, current) { Server = parts.Server };
    }

    /// <summary>Of an agent that was started by its name, and of what it wrote.</summary>
    public static Exchange BeginExchange(this PolicyHolder policies, string transport, string agent, PeerProcess? writer)
    {
        var current = policies.Current;
        var peer = writer is null ? null : new PeerConnection { Process = writer };
        return new Exchange(current.Policy.Agents.Identify(new AgentClues(agent, null)), transport, current) { Peer = peer };
    }

    /// <summary>Of a datagram or a connection that says nothing of who sent it.</summary>
    public static Exchange BeginExchange(this PolicyHolder policies, string transport, IPAddress? from)
    {
        var current = policies.Current;
        return new Exchange(current.Policy.Agents.Identify(new AgentClues(string.Empty, from)), transport, current);
    }

    /// <summary>Of an HTTP request; inside a tunnel it is whoever opened the tunnel.</summary>
    public static Exchange BeginExchange(this PolicyHolder policies, string transport, IFeatureCollection features, string server = "")
    {
        var current = policies.Current;
        var agents = current.Policy.Agents;
        var identity = features.Get<ITunnelFeature>() is { } tunnel ? agents.Again(tunnel.Opener) : agents.Identify(CluesOf(features));
        return new Exchange(identity, transport, current)
        {
            Server = server,
            Peer = features.Get<PeerConnection>(),
            Trace = features.GetRequiredFeature<IHttpRequestFeature>().Headers.TraceParent.ToString(),
        };
    }

    /// <summary>Of a request for a tunnel, which no server has read; without it when it was unreadable.</summary>
    public static Exchange BeginExchange(this PolicyHolder policies, string transport, ConnectionContext connection, ConnectRequest? request = null)
    {
        var current = policies.Current;
        var clues = new AgentClues(ListenerOf(connection.Features), (connection.RemoteEndPoint as IPEndPoint)?.Address)
        {
            Token = request is null ? string.Empty : TokenOf(request.ValueOf(TokenHeader), request.ValueOf(ProxyHeader)),
            Claim = request?.ValueOf(NameHeader) ?? string.Empty,
        };
        return new Exchange(current.Policy.Agents.Identify(clues), transport, current) { Peer = connection.Features.Get<PeerConnection>() };
    }

    private static AgentClues CluesOf(IFeatureCollection features)
    {
        var headers = features.GetRequiredFeature<IHttpRequestFeature>().Headers;
        var forwarded = features.Get<ForwardedClaim>();
        return new AgentClues(ListenerOf(features), features.Get<IHttpConnectionFeature>()?.RemoteIpAddress)
        {
            Token = forwarded is { Token.Length: > 0 } ? forwarded.Token : TokenOf(headers[TokenHeader].ToString(), headers[ProxyHeader].ToString()),
            Claim = forwarded is { User.Length: > 0 } ? forwarded.User : headers[NameHeader].ToString(),
            ClaimedAddress = forwarded?.Address,
        };
    }

    private static string ListenerOf(IFeatureCollection features) => features.Get<AgentListener>()?.Agent ?? string.Empty;

    /// <summary>Clients of proxies know names and passwords: there the password is the token, whatever the name.</summary>
    private static string TokenOf(string own, string proxy)
    {
        if (own.Length > 0 || proxy.Length == 0)
        {
            return own;
        }

        if (!proxy.StartsWith(Basic, StringComparison.OrdinalIgnoreCase))
        {
            return proxy.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? proxy[Bearer.Length..].Trim(' ') : string.Empty;
        }

        var decoded = new byte[proxy.Length];
        return Convert.TryFromBase64String(proxy[Basic.Length..].Trim(' '), decoded, out var length) && Array.IndexOf(decoded, (byte)':', 0, length) is >= 0 and var colon
            ? Encoding.Latin1.GetString(decoded.AsSpan((colon + 1)..length))
            : string.Empty;
    }
}
