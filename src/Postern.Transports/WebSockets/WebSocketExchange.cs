using System.Net;
using Microsoft.AspNetCore.Http.Features;
using Postern.Engine.Flow;
using Postern.Engine.Inspection;
using Postern.Transports.Http;
using Postern.Transports.WebSockets.Deflate;

namespace Postern.Transports.WebSockets;

/// <summary>
/// From the upstream's 101 on. The request passed the checkpoint like any other; the client is upgraded only after the
/// upstream was and its answer was cleared.
/// </summary>
internal static class WebSocketExchange
{
    /// <summary>Passes the handshake's answer on and carries both directions to their end, or refuses.</summary>
    public static async Task RunAsync(
        HttpCheckpoint checkpoint, Exchange exchange, IFeatureCollection features, HttpResponseMessage response, CancellationToken gone)
    {
        var client = new ClientRelease(features);
        using var writer = new MessageWriter();
        var facts = ResponseHead.Read(response, writer);
        using var head = writer.Seal(new MessageFacts(MessageKind.Response, Direction.Inbound)
        {
            Status = (int)HttpStatusCode.SwitchingProtocols,
            Obstacles = facts.Obstacles | WebSocketHandshake.Judge(response),
            Whole = true,
        });
        var ruling = await checkpoint.Inspector.InspectAsync(exchange, head, gone).ConfigureAwait(false);
        if (!ruling.TryClear(out var cleared, out var refused))
        {
            await client.ReplyAsync(Reply.Of(refused), gone).ConfigureAwait(false);
            return;
        }

        using var upstream = new SocketLeg(SocketPeer.Server, await response.Content.ReadAsStreamAsync(gone).ConfigureAwait(false), WebSocketHandshake.TermsOf(response));
        var offers = features.GetRequiredFeature<IHttpRequestFeature>().Headers.SecWebSocketExtensions;
        using var agent = new SocketLeg(SocketPeer.Client, await client.UpgradeAsync(cleared).ConfigureAwait(false), DeflateHandshake.Choose(offers));
        await new WebSocketRelay(checkpoint.Inspector, exchange, checkpoint.Time).RunAsync(agent, upstream, gone).ConfigureAwait(false);
    }
}
