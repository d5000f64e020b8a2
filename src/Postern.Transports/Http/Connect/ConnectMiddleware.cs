using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace Postern.Transports.Http.Connect;

/// <summary>
/// Kestrel connection middleware that answers CONNECT. Kestrel's own HTTP layer cannot open a tunnel (its 200 is chunked), so
/// the first bytes are looked at before it: anything but CONNECT goes to Kestrel untouched. One object serves all connections.
/// </summary>
/// <remarks>A CONNECT that follows another request on the same connection, or stands inside a tunnel, does reach the application: refuse it there.</remarks>
internal sealed class ConnectMiddleware(ITunnelGate gate, TunnelLimits limits, TimeProvider clock)
{
    private readonly OpeningRead _opening = new(limits, clock);
    private readonly TunnelServing _tunnels = new(gate, limits, clock);

    /// <summary>The middleware, for <c>ListenOptions.Use</c>.</summary>
    public ConnectionDelegate Bind(ConnectionDelegate next) => connection => RunAsync(connection, next);

    private async Task RunAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var reader = new ConnectHeadReader();
        switch (await _opening.RunAsync(connection, isUnderWay: false, (input, read) => Look(input, read, reader)).ConfigureAwait(false))
        {
            case FirstBytes.Other:
                await next(connection).ConfigureAwait(false);
                break;
            case FirstBytes.Head:
                await _tunnels.RunAsync(connection, ConnectRequest.Of(reader.Head!), ConnectWords.Instance, next).ConfigureAwait(false);
                break;
            case FirstBytes.Bad:
                await _tunnels.RejectAsync(connection, TunnelWay.Connect, reader.Fault, ConnectWords.Instance).ConfigureAwait(false);
                break;
            case FirstBytes.Late:
                await _tunnels.RejectAsync(connection, TunnelWay.Connect, ConnectFault.Timeout, ConnectWords.Instance).ConfigureAwait(false);
                break;
            case FirstBytes.Gone:
                break;
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
}
