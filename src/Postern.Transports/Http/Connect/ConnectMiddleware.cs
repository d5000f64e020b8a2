using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Postern.Transports.Http.Connect;

/// <summary>
/// Kestrel connection middleware that answers CONNECT. Kestrel's own HTTP layer cannot open a tunnel (its 200 is chunked), so
/// the first bytes are looked at before it: anything but CONNECT goes to Kestrel untouched. One object serves all connections.
/// </summary>
/// <remarks>A CONNECT that follows another request on the same connection, or stands inside a tunnel, does reach the application: refuse it there.</remarks>
internal sealed class ConnectMiddleware(ITunnelGate gate, TunnelLimits limits, TimeProvider clock)
{
    private readonly TunnelInterception _interception = new(limits, clock);
    private readonly TunnelRelaying _relaying = new(limits, clock);

    /// <summary>The middleware, for <c>ListenOptions.Use</c>.</summary>
    public ConnectionDelegate Bind(ConnectionDelegate next) => connection => RunAsync(connection, next);

    private async Task RunAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var reader = new ConnectHeadReader();
        switch (await ReadHeadAsync(connection, reader).ConfigureAwait(false))
        {
            case FirstBytes.Other:
                await next(connection).ConfigureAwait(false);
                break;
            case FirstBytes.Head:
                await DecideAsync(connection, reader.Head!, next).ConfigureAwait(false);
                break;
            case FirstBytes.Bad:
                await RejectAsync(connection, reader.Fault).ConfigureAwait(false);
                break;
            case FirstBytes.Late:
                await RejectAsync(connection, ConnectFault.Timeout).ConfigureAwait(false);
                break;
            case FirstBytes.Gone:
                break;
        }
    }

    private async ValueTask<FirstBytes> ReadHeadAsync(ConnectionContext connection, ConnectHeadReader reader)
    {
        using var timeout = new CancellationTokenSource(limits.FirstByte, clock);
        using var stopping = StopWaiting(connection, timeout);
        var input = connection.Transport.Input;
        var started = false;
        while (true)
        {
            ReadResult read;
            try
            {
                read = await input.ReadAsync(timeout.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // A connection that never spoke is simply closed; one that began a CONNECT is told.
                return started ? FirstBytes.Late : FirstBytes.Gone;
            }
            catch (IOException)
            {
                return FirstBytes.Gone;
            }

            if (!started && !read.Buffer.IsEmpty)
            {
                started = true;
                timeout.CancelAfter(limits.Head);
            }

            var answer = Look(input, read, reader);
            if (answer != FirstBytes.Unknown)
            {
                return answer;
            }
        }
    }

    private static FirstBytes Look(PipeReader input, ReadResult read, ConnectHeadReader reader)
    {
        var buffer = read.Buffer;
        // No more than the reader's bound is copied, and only when the bytes are not in one piece.
        var bounded = buffer.Length > ConnectHeadReader.MaxBytes ? buffer.Slice(0, ConnectHeadReader.MaxBytes) : buffer;
        var status = reader.Read(bounded.IsSingleSegment ? bounded.FirstSpan : bounded.ToArray());
        switch (status)
        {
            case ConnectHeadStatus.Done:
                input.AdvanceTo(buffer.GetPosition(reader.Head!.Bytes.Length));
                return FirstBytes.Head;
            case ConnectHeadStatus.NotConnect:
                // Nothing examined: Kestrel's first read sees the same bytes at once.
                input.AdvanceTo(buffer.Start);
                return FirstBytes.Other;
            case ConnectHeadStatus.NeedMore when !read.IsCompleted:
                input.AdvanceTo(buffer.Start, buffer.End);
                return FirstBytes.Unknown;
            case ConnectHeadStatus.NeedMore:
                input.AdvanceTo(buffer.End);
                return FirstBytes.Gone;
            default:
                input.AdvanceTo(buffer.End);
                return FirstBytes.Bad;
        }
    }

    private static CancellationTokenRegistration StopWaiting(ConnectionContext connection, CancellationTokenSource timeout)
    {
        // When the server stops, connections that have not asked for anything must not delay it.
        var stopping = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? default;
        return stopping.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), timeout);
    }

    private async Task DecideAsync(ConnectionContext connection, ConnectHead head, ConnectionDelegate next)
    {
        var start = clock.GetTimestamp();
        var request = new ConnectRequest(head, clock.GetUtcNow());
        var decision = await gate.DecideAsync(request, connection, connection.ConnectionClosed).ConfigureAwait(false);
        var release = new TunnelRelease(connection.Transport);
        if (decision is TunnelRefusal refusal)
        {
            await release.RefuseAsync(refusal.Reply).ConfigureAwait(false);
            return;
        }

        var opened = decision as OpenedTunnel ?? throw new InvalidOperationException("The gate made no decision.");
        var reason = TunnelEndReason.Failed;
        try
        {
            reason = opened switch
            {
                InterceptTunnel intercept => await _interception.RunAsync(connection, intercept, release, next).ConfigureAwait(false),
                RelayTunnel relay => await _relaying.RunAsync(connection, relay, release).ConfigureAwait(false),
                _ => throw new InvalidOperationException("A tunnel is read or relayed."),
            };
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            reason = TunnelEndReason.ConnectionLost;
        }
        finally
        {
            var end = new TunnelEnd(reason, release.BytesUp, release.BytesDown, clock.GetElapsedTime(start));
            await gate.EndedAsync(opened, end).ConfigureAwait(false);
        }
    }

    private async Task RejectAsync(ConnectionContext connection, ConnectFault fault)
    {
        var refusal = await gate.RejectAsync(fault, connection, connection.ConnectionClosed).ConfigureAwait(false);
        await new TunnelRelease(connection.Transport).RefuseAsync(refusal.Reply).ConfigureAwait(false);
    }
}
