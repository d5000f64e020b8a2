using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using Postern.Engine.Inspection;

namespace Postern.Transports.Http.Connect;

/// <summary>
/// Every raw write of a tunnel: that it is open, a refusal, and the bytes of a relay in both directions. Reads no faster than the other side
/// takes, so memory per tunnel is constant.
/// </summary>
internal sealed class TunnelRelease(IDuplexPipe client, ITunnelWords words)
{
    // Half a block of Kestrel's pool: enough per read, and the rest of a block is used before a new one is taken.
    private const int MinReadBytes = 2048;

    private long _bytesUp;
    private long _bytesDown;
    private volatile bool _clientEnded;

    /// <summary>Bytes that the upstream has taken.</summary>
    public long BytesUp => Interlocked.Read(ref _bytesUp);

    /// <summary>Bytes that the client's connection has taken.</summary>
    public long BytesDown => Interlocked.Read(ref _bytesDown);

    /// <summary>Tells the client that the tunnel is open.</summary>
    public async ValueTask EstablishAsync() => await client.Output.WriteAsync(words.Established).ConfigureAwait(false);

    /// <summary>Answers with an error; the caller closes the connection. Not cancelled by a client that has ended its side: it may still read.</summary>
    public async ValueTask RefuseAsync(Reply reply)
    {
        client.Output.Write(words.Refused(reply).Span);
        await client.Output.FlushAsync().ConfigureAwait(false);
    }

    /// <summary>
    /// Pumps until both directions have ended or the deadline strikes. When the client ends first, the upstream is told and may finish;
    /// when the upstream ends first, the tunnel is over, because Kestrel's transport closes both directions at once.
    /// </summary>
    /// <returns>Why it ended. Anything but a clean close has reset the upstream.</returns>
    /// <param name="cleared">The tunnel as it was admitted.</param>
    /// <param name="upstream">The far end.</param>
    /// <param name="deadline">Ends both directions.</param>
    public async Task<TunnelEndReason> RelayAsync(Cleared cleared, Stream upstream, TunnelDeadline deadline)
    {
        cleared.Take().Dispose();
        var up = PumpUpAsync(upstream, deadline);
        var down = PumpDownAsync(upstream, deadline);
        await Task.WhenAll(up, down).ConfigureAwait(false);
        if (deadline.Reason is not (TunnelEndReason.ClientClosed or TunnelEndReason.UpstreamClosed))
        {
            Reset(upstream);
        }

        return deadline.Reason;
    }

    private async Task PumpUpAsync(Stream upstream, TunnelDeadline deadline)
    {
        try
        {
            while (true)
            {
                var read = await client.Input.ReadAsync(deadline.Token).ConfigureAwait(false);
                deadline.Touch();
                foreach (var segment in read.Buffer)
                {
                    await upstream.WriteAsync(segment, deadline.Token).ConfigureAwait(false);
                    Interlocked.Add(ref _bytesUp, segment.Length);
                    deadline.Touch();
                }

                client.Input.AdvanceTo(read.Buffer.End);
                await upstream.FlushAsync(deadline.Token).ConfigureAwait(false);
                if (read.IsCompleted)
                {
                    // Set first: the upstream may answer the end with its own before the next line.
                    _clientEnded = true;
                    FinishSending(upstream);
                    return;
                }
            }
        }
        catch (Exception lost) when (IsLoss(lost))
        {
            // Not an error of ours; the other direction is ended below.
        }
        finally
        {
            if (!_clientEnded)
            {
                deadline.End(TunnelEndReason.ConnectionLost);
            }
        }
    }

    private async Task PumpDownAsync(Stream upstream, TunnelDeadline deadline)
    {
        try
        {
            int count;
            while ((count = await upstream.ReadAsync(client.Output.GetMemory(MinReadBytes), deadline.Token).ConfigureAwait(false)) > 0)
            {
                deadline.Touch();
                client.Output.Advance(count);
                var flushed = await client.Output.FlushAsync(deadline.Token).ConfigureAwait(false);
                Interlocked.Add(ref _bytesDown, count);
                deadline.Touch();
                if (flushed.IsCompleted)
                {
                    return;
                }
            }

            deadline.End(_clientEnded ? TunnelEndReason.ClientClosed : TunnelEndReason.UpstreamClosed);
        }
        catch (Exception lost) when (IsLoss(lost))
        {
            // Not an error of ours; the other direction is ended below.
        }
        finally
        {
            deadline.End(TunnelEndReason.ConnectionLost);
        }
    }

    // What sockets, TLS and pipes throw when a side is gone or the deadline struck; anything else is a bug and is not hidden.
    private static bool IsLoss(Exception exception) =>
        exception is IOException or SocketException or OperationCanceledException or ObjectDisposedException;

    private static void FinishSending(Stream upstream)
    {
        if (upstream is NetworkStream network)
        {
            network.Socket.Shutdown(SocketShutdown.Send);
        }
    }

    // A stream that was cut must not look to the upstream as one that ended. Disposing the stream would send FIN first.
    private static void Reset(Stream upstream)
    {
        if (upstream is NetworkStream network)
        {
            network.Socket.Close(0);
        }
    }
}
