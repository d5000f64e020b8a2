using System.Net.Sockets;
using Postern.Engine.Flow;
using Postern.Engine.Inspection;
using Postern.Transports.Http.Connect;

namespace Postern.Transports.Http;

/// <summary>The far end of an opaque tunnel: dials what was judged, and asks once more when it knows how the client opens.</summary>
internal sealed class JudgedRelay(HttpCheckpoint checkpoint, Exchange exchange, Cleared cleared) : IRelayTarget
{
    /// <inheritdoc/>
    public async ValueTask<RelayDial> DialAsync(CancellationToken ct)
    {
        try
        {
            return RelayDial.Connected(await DialRelease.DialAsync(cleared.Destination!, checkpoint.Upstream.Detour, ct).ConfigureAwait(false));
        }
        catch (SocketException e)
        {
            return RelayDial.Refused(UpstreamFault.Of(new HttpRequestException(null, e)));
        }
    }

    /// <inheritdoc/>
    public async ValueTask<Cleared?> AdmitAsync(TunnelOpening opening, CancellationToken ct)
    {
        using var writer = new MessageWriter(512);
        if (opening.Hello?.ServerName is { } name)
        {
            writer.Header("server-name", name);
        }

        var message = writer.Seal(new MessageFacts(MessageKind.Tunnel, Direction.Outbound)
        {
            Obstacles = opening.Hello is null ? Obstacle.TunnelWithoutTls : Obstacle.None,
        });
        var ruling = await checkpoint.Inspector.InspectAsync(exchange, message, ct).ConfigureAwait(false);
        if (ruling.TryClear(out var admitted, out _))
        {
            return admitted;
        }

        message.Dispose();
        return null;
    }
}
