using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http.Features;
using Postern.Engine.Inspection;
using Postern.Transports.WebSockets;
using Postern.Transports.WebSockets.Deflate;

namespace Postern.Transports.Http;

/// <summary>The way on that Postern goes itself: the judged addresses are dialled, and the response comes over the same connection.</summary>
internal sealed class UpstreamOnward(HttpCheckpoint checkpoint, IFeatureCollection features, IClientRelease client) : IOnward
{
    private readonly IHttpRequestFeature _request = features.GetRequiredFeature<IHttpRequestFeature>();

    /// <inheritdoc/>
    public async Task<bool> PassAsync(Cleared cleared, Upload? upload, HeadDeadline deadline, Answering answering, Stay stay)
    {
        var cancel = stay.Token;
        try
        {
            using var answer = answering.AsksForWebSocket
                ? await checkpoint.Upstream.UpgradeAsync(cleared, DeflateHandshake.Choose(_request.Headers.SecWebSocketExtensions) is not null, deadline.Token).ConfigureAwait(false)
                : await checkpoint.Upstream.ForwardAsync(cleared, upload, _request.Protocol == "HTTP/2", deadline.Token).ConfigureAwait(false);
            deadline.Meet();
            if (answer.Response.StatusCode == HttpStatusCode.SwitchingProtocols)
            {
                await WebSocketExchange.RunAsync(checkpoint, answering.Exchange, features, answer.Response, stay.Gone).ConfigureAwait(false);
                return true;
            }

            await answering.RunAsync(answer.Response, client, cancel).ConfigureAwait(false);
            if (upload?.Refused is not null)
            {
                client.Abort();
            }

            return true;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            var reply = upload?.Refused is { } refused ? answering.Shape.Of(refused) : UpstreamFault.Of(e);
            await client.ReplyAsync(reply, stay.Gone).ConfigureAwait(false);
            return upload?.Refused is not null;
        }
    }
}
