using Microsoft.AspNetCore.Connections;
using Postern.Engine.Detection.Destination;
using Postern.Engine.Flow;
using Postern.Engine.Inspection;
using Postern.Transports.Http.Connect;
using Postern.Transports.Http.Tls;

namespace Postern.Transports.Http;

/// <summary>Takes each request for a tunnel to the checkpoint: refuse, read what is inside, or let it pass opaque where the policy says so.</summary>
/// <param name="checkpoint">The checkpoint.</param>
/// <param name="leaves">Mints certificates for tunnels that are read; null when no authority was made and every tunnel is opaque.</param>
internal sealed class TunnelGate(HttpCheckpoint checkpoint, LeafCertificates? leaves) : ITunnelGate
{
    private int _open;

    /// <summary>Tunnels open at once; 1 to 65,536, default 1,024.</summary>
    public int MaxTunnels { get; init; } = 1024;

    /// <inheritdoc/>
    public async ValueTask<TunnelDecision> DecideAsync(ConnectRequest request, ConnectionContext connection, CancellationToken ct)
    {
        if (Interlocked.Increment(ref _open) > MaxTunnels)
        {
            Interlocked.Decrement(ref _open);
            var exchange = Begin(request.Way, connection, request);
            return new TunnelRefusal(Reply.Of(await RefuseAsync(exchange, MessageKind.Connect, Obstacle.TooManyTunnels).ConfigureAwait(false)));
        }

        TunnelDecision? decision = null;
        try
        {
            return decision = await JudgeAsync(Begin(request.Way, connection, request), request, ct).ConfigureAwait(false);
        }
        finally
        {
            if (decision is null or TunnelRefusal)
            {
                // Only a tunnel that opens is reported as ended.
                Interlocked.Decrement(ref _open);
            }
        }
    }

    private async ValueTask<TunnelDecision> JudgeAsync(Exchange exchange, ConnectRequest request, CancellationToken ct)
    {
        exchange.ReadsTunnel = leaves is not null && !IsPassing(exchange, request);
        using var message = Read(request.Authority.Span, request.Headers);
        var ruling = await checkpoint.Inspector.InspectAsync(exchange, message, ct).ConfigureAwait(false);
        if (!ruling.TryClear(out var cleared, out var refused))
        {
            return new TunnelRefusal(Reply.Of(refused));
        }

        var destination = cleared.Destination!;
        return leaves is not null && !exchange.Policy.Policy.Passthrough.Contains(destination.Authority.Host)
            ? new InterceptTunnel(exchange, destination.Host, destination.Port, leaves)
            : new RelayTunnel(exchange, destination.Host, new JudgedRelay(checkpoint, exchange, cleared), checkpoint.Inspector.Halt.Halted(exchange.Actor));
    }

    /// <inheritdoc/>
    public async ValueTask<TunnelRefusal> RejectAsync(TunnelWay way, ConnectFault fault, ConnectionContext connection, CancellationToken ct)
    {
        var obstacle = fault is ConnectFault.HostMismatch ? Obstacle.AuthorityMismatch
            : fault is ConnectFault.Body or ConnectFault.HostRepeated ? Obstacle.AmbiguousFraming : Obstacle.BrokenProtocol;
        var refused = await RefuseAsync(Begin(way, connection), MessageKind.Connect, obstacle).ConfigureAwait(false);
        return new TunnelRefusal(Reply.Of(refused));
    }

    /// <inheritdoc/>
    public async ValueTask EndedAsync(OpenedTunnel tunnel, TunnelEnd end)
    {
        Interlocked.Decrement(ref _open);
        var obstacle = end.Reason switch
        {
            TunnelEndReason.ServerNameMismatch => Obstacle.ServerNameMismatch,
            TunnelEndReason.HelloMalformed => Obstacle.BrokenProtocol,
            _ => Obstacle.None,
        };
        if (obstacle != Obstacle.None)
        {
            await RefuseAsync(tunnel.Exchange, MessageKind.Tunnel, obstacle).ConfigureAwait(false);
        }

        if (tunnel is RelayTunnel)
        {
            // What is read inside an intercepted tunnel has records of its own; nothing passed it unread.
            await checkpoint.Inspector.CloseTunnelAsync(tunnel.Exchange, end.BytesUp + end.BytesDown, OutcomeOf(end.Reason)).ConfigureAwait(false);
        }
    }

    /// <summary>A host that cannot be read is refused anyway.</summary>
    private static bool IsPassing(Exchange exchange, ConnectRequest request) =>
        !CanonicalHost.TryParse(request.Host.Span, out var host, out _) || exchange.Policy.Policy.Passthrough.Contains(host);

    private static StreamOutcome OutcomeOf(TunnelEndReason reason) => reason switch
    {
        TunnelEndReason.ClientClosed or TunnelEndReason.UpstreamClosed => StreamOutcome.Complete,
        TunnelEndReason.ServerNameMismatch or TunnelEndReason.HelloMalformed or TunnelEndReason.NotAdmitted => StreamOutcome.Refused,
        TunnelEndReason.OpeningTimeout or TunnelEndReason.IdleTimeout or TunnelEndReason.LifetimeReached => StreamOutcome.TimedOut,
        TunnelEndReason.Halted => StreamOutcome.Halted,
        TunnelEndReason.DialRefused => StreamOutcome.Unreachable,
        _ => StreamOutcome.Broken,
    };

    private async ValueTask<Refused> RefuseAsync(Exchange exchange, MessageKind kind, Obstacle obstacle)
    {
        using var writer = new MessageWriter(16);
        using var message = writer.Seal(new MessageFacts(kind, Direction.Outbound) { Obstacles = obstacle });
        var ruling = await checkpoint.Inspector.InspectAsync(exchange, message).ConfigureAwait(false);
        return ruling.TryClear(out _, out var refused)
            ? throw new InvalidOperationException("A message with an obstacle was cleared.")
            : refused;
    }

    private Exchange Begin(TunnelWay way, ConnectionContext connection, ConnectRequest? request = null) => way switch
    {
        TunnelWay.Socks => checkpoint.Policies.BeginExchange("socks", connection, request),
        TunnelWay.Transparent => checkpoint.Policies.BeginExchange("transparent", connection, request),
        _ => checkpoint.Policies.BeginExchange("connect", connection, request),
    };

    /// <summary>The message that asks for a tunnel.</summary>
    public static Message Read(ReadOnlySpan<byte> authority, IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        using var writer = new MessageWriter(authority.Length + 256);
        writer.Add(PartKind.Method, "CONNECT"u8);
        writer.Add(PartKind.Url, authority);
        foreach (var (name, value) in headers)
        {
            if (!HeaderRules.StaysBehind(name))
            {
                writer.Header(name, value);
            }
        }

        return writer.Seal(new MessageFacts(MessageKind.Connect, Direction.Outbound));
    }
}
