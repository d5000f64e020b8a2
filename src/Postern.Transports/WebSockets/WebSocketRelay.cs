using Postern.Engine.Configuration.Sections;
using Postern.Engine.Flow;
using Postern.Engine.Inspection;
using Postern.Transports.Http;
using Postern.Transports.Http.Connect;

namespace Postern.Transports.WebSockets;

/// <summary>
/// Both directions of one WebSocket. Ends when both sides have closed, or when one direction ends otherwise: then both sides
/// get a close frame from Postern and a moment to answer it.
/// </summary>
internal sealed class WebSocketRelay(Inspector inspector, Exchange exchange, TimeProvider time)
{
    /// <summary>How long a side may take to answer a close frame.</summary>
    public static readonly TimeSpan CloseWait = TimeSpan.FromSeconds(2);

    /// <summary>The same when the operator stops everything, which may take 100 ms in all.</summary>
    private static readonly TimeSpan s_haltWait = TimeSpan.FromMilliseconds(50);

    /// <summary>Runs to the end of both directions and closes their accounts.</summary>
    /// <param name="client">The agent.</param>
    /// <param name="upstream">The world.</param>
    /// <param name="gone">The client's connection is lost, or the server stops.</param>
    public async Task RunAsync(SocketLeg client, SocketLeg upstream, CancellationToken gone)
    {
        using var up = new SocketPump(inspector, exchange, client, upstream.Release);
        using var down = new SocketPump(inspector, exchange, upstream, client.Release);
        using var deadline = new TunnelDeadline(time, LimitsOf(exchange.Policy.Policy.WebSockets), inspector.Halt.Halted(exchange.Actor));
        using var stop = new CancellationTokenSource();
        var upEnd = up.RunAsync(deadline.Touch, stop.Token);
        var downEnd = down.RunAsync(deadline.Touch, stop.Token);
        var first = await FirstAsync(upEnd, downEnd, deadline, gone).ConfigureAwait(false);
        var wait = first == SocketEnd.Halted ? s_haltWait : CloseWait;

        await PartAsync(first).ConfigureAwait(false);
        var upEnded = FinishAsync(up, upEnd);
        var downEnded = FinishAsync(down, downEnd);
        var both = Task.WhenAll(upEnded, downEnded);
        await WaitAsync(both, wait, gone).ConfigureAwait(false);
        await stop.CancelAsync().ConfigureAwait(false);
        await both.ConfigureAwait(false);
        await AccountAsync(up.Direction, first, await upEnded.ConfigureAwait(false)).ConfigureAwait(false);
        await AccountAsync(down.Direction, first, await downEnded.ConfigureAwait(false)).ConfigureAwait(false);

        async Task<SocketEnd> FinishAsync(SocketPump pump, Task<SocketEnd> running)
        {
            var end = await running.ConfigureAwait(false);
            await PartAsync(end).ConfigureAwait(false);
            if (end.Outcome == StreamOutcome.Refused)
            {
                await pump.RunAsync(deadline.Touch, stop.Token).ConfigureAwait(false);
            }

            return end;
        }

        async Task PartAsync(SocketEnd end)
        {
            if (end.Farewell is not { } farewell)
            {
                return;
            }

            up.Discard();
            down.Discard();
            using var patience = new CancellationTokenSource(wait, time);
            await Task.WhenAll(SayAsync(client, farewell, patience.Token), SayAsync(upstream, farewell, patience.Token)).ConfigureAwait(false);
        }
    }

    private static async Task<SocketEnd> FirstAsync(Task<SocketEnd> up, Task<SocketEnd> down, TunnelDeadline deadline, CancellationToken gone)
    {
        var over = new TaskCompletionSource<SocketEnd>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var lost = gone.UnsafeRegister(static source => ((TaskCompletionSource<SocketEnd>)source!).TrySetResult(SocketEnd.Gone), over);
        using var late = deadline.Token.UnsafeRegister(_ => over.TrySetResult(deadline.Reason == TunnelEndReason.Halted ? SocketEnd.Halted : SocketEnd.Expired), null);
        return await (await Task.WhenAny(up, down, over.Task).ConfigureAwait(false)).ConfigureAwait(false);
    }

    /// <summary>A side that is gone needs no farewell.</summary>
    private static async Task SayAsync(SocketLeg leg, Reply farewell, CancellationToken cancel)
    {
        try
        {
            await leg.Release.CloseAsync(farewell, cancel).ConfigureAwait(false);
        }
        catch (Exception lost) when (SocketLoss.Is(lost))
        {
            // The direction that reads from it ends for the same reason.
        }
    }

    private async Task WaitAsync(Task both, TimeSpan wait, CancellationToken gone)
    {
        try
        {
            await both.WaitAsync(wait, time, gone).ConfigureAwait(false);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            // Whoever has not answered by now is cut off.
        }
    }

    private static TunnelLimits LimitsOf(WebSocketProxySection policy) => TunnelLimits.Default with
    {
        Idle = ProxySettings.SecondsOrUnlimited(policy.IdleTimeoutSeconds),
        Lifetime = ProxySettings.SecondsOrUnlimited(policy.MaxConnectionSeconds),
    };

    private ValueTask AccountAsync(Direction direction, SocketEnd first, SocketEnd own) =>
        inspector.CloseStreamAsync(exchange, direction, first.Farewell is null ? own.Outcome : first.Outcome);
}
