using Postern.Engine.A2a;
using Postern.Engine.Agents;
using Postern.Engine.Detection.Destination;
using Postern.Engine.Editing;
using Postern.Engine.Monitoring.Tools.Chains;
using Postern.Engine.Policy;

namespace Postern.Engine.Flow;

/// <summary>
/// One conversation with one peer under one pinned policy: a request and its response, a tunnel, a stream. One owner at a
/// time per direction; both directions may be inspected concurrently.
/// </summary>
public sealed class Exchange
{
    private static long s_last;
    private PlaceholderNumbers? _placeholders;

    /// <summary>Begins a conversation of an agent that is known by nothing but its name.</summary>
    /// <param name="actor">Who acts, as the listener knows it; never taken from the request alone.</param>
    /// <param name="transport">The transport's name, for evidence and metrics.</param>
    /// <param name="policy">The policy this conversation keeps to its end.</param>
    public Exchange(string actor, string transport, PolicySnapshot policy)
        : this(new AgentIdentity(actor, string.Empty), transport, policy)
    {
    }

    /// <summary>Begins a conversation.</summary>
    /// <param name="identity">Who acts.</param>
    /// <param name="transport">The transport's name, for evidence and metrics.</param>
    /// <param name="policy">The policy in force; the conversation keeps that of its agent to its end.</param>
    public Exchange(in AgentIdentity identity, string transport, PolicySnapshot policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        Identity = identity;
        Transport = transport;
        Policy = policy.For(identity.Agent);
        Id = (ulong)Interlocked.Increment(ref s_last);
    }

    /// <summary>Unique within the process.</summary>
    public ulong Id { get; }

    /// <summary>Who acts.</summary>
    public AgentIdentity Identity { get; }

    /// <summary>The session, as evidence names it.</summary>
    public string Actor => Identity.Actor;

    /// <summary>The transport's name.</summary>
    public string Transport { get; }

    /// <summary>The policy pinned to this conversation.</summary>
    public PolicySnapshot Policy { get; }

    /// <summary>The MCP server that the operator put behind this conversation, by name; empty when there is none. Being configured is what grants passage to it.</summary>
    public string Server { get; init; } = string.Empty;

    /// <summary>The client's connection; null where there is none, or nobody looks who is at its other end.</summary>
    public PeerConnection? Peer { get; init; }

    /// <summary>True for a CONNECT whose tunnel will be read.</summary>
    public bool ReadsTunnel { get; set; }

    /// <summary>The trace that the request named (W3C Trace Context), recorded so that others can join what happened; empty when there is none, or none that is sound.</summary>
    public string Trace
    {
        get;
        init => field = TraceContext.IsSound(value) ? value : string.Empty;
    } = string.Empty;

    /// <summary>Where the cleared request goes; null until a request or CONNECT of this exchange was cleared.</summary>
    public JudgedDestination? Destination { get; internal set; }

    /// <summary>The numbers of placeholders, so that equal values are called the same in everything the conversation carries.</summary>
    internal PlaceholderNumbers Placeholders => LazyInitializer.EnsureInitialized(ref _placeholders);

    /// <summary>The calls of tools that were asked last, so that monitors know what an answer answers; empty when there were none.</summary>
    internal CallSummary[] Calls { get; set; } = [];

    /// <summary>Another exchange over the connection that this one opened: with the same peer, under the policy of its own time.</summary>
    public Exchange Next(PolicySnapshot policy) => new(Identity, Transport, policy) { Server = Server, Destination = Destination };

    /// <summary>What was asked of another agent; null when the conversation is not A2A, or the policy does not look at it.</summary>
    public A2aTalk? A2a { get; internal set; }

    /// <summary>What has been streamed so far, per direction.</summary>
    internal StreamLedger?[] Ledgers { get; } = new StreamLedger?[2];
}
