using System.Text;
using Microsoft.AspNetCore.Connections;
using Postern.Engine.Detection.Destination;
using Postern.Engine.Flow;
using Postern.Engine.Inspection;
using Postern.Transports.Http.Connect;
using Postern.Transports.Http.Tls;

namespace Postern.Transports.Http;

/// <summary>Takes each CONNECT to the checkpoint: refuse, read what is inside, or let it pass opaque where the policy says so.</summary>
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
            var exchange = checkpoint.Policies.BeginExchange("connect", connection, request.Head);
            return new TunnelRefusal(Reply.Of(await RefuseAsync(exchange, MessageKind.Connect, Obstacle.TooManyTunnels).ConfigureAwait(false)));
        }

        TunnelDecision? decision = null;
        try
        {
            return decision = await JudgeAsync(checkpoint.Policies.BeginExchange("connect", connection, request.Head), request.Head, ct).ConfigureAwait(false);
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

    private async ValueTask<TunnelDecision> JudgeAsync(Exchange exchange, ConnectHead head, CancellationToken ct)
    {
        exchange.ReadsTunnel = leaves is not null && !IsPassing(exchange, head);
        using var message = Read(head);
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
    public async ValueTask<TunnelRefusal> RejectAsync(ConnectFault fault, ConnectionContext connection, CancellationToken ct)
    {
        var obstacle = fault is ConnectFault.HostMismatch ? Obstacle.AuthorityMismatch
            : fault is ConnectFault.Body or ConnectFault.HostRepeated ? Obstacle.AmbiguousFraming : Obstacle.BrokenProtocol;
        var refused = await RefuseAsync(checkpoint.Policies.BeginExchange("connect", connection), MessageKind.Connect, obstacle).ConfigureAwait(false);
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
    private static bool IsPassing(Exchange exchange, ConnectHead head) =>
        !CanonicalHost.TryParse(head.Host.Span, out var host, out _) || exchange.Policy.Policy.Passthrough.Contains(host);

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

    private static Message Read(ConnectHead head)
    {
        using var writer = new MessageWriter(head.Bytes.Length + 64);
        writer.Add(PartKind.Method, "CONNECT"u8);
        writer.Add(PartKind.Url, head.Authority.Span);
        foreach (var header in head.Headers)
        {
            var name = Encoding.Latin1.GetString(head.Name(header).Span);
            if (!HeaderRules.StaysBehind(name))
            {
                writer.Header(name, Encoding.Latin1.GetString(head.Value(header).Span));
            }
        }

        return writer.Seal(new MessageFacts(MessageKind.Connect, Direction.Outbound));
    }
}
