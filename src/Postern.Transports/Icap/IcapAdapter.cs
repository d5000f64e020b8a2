using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Postern.Engine.Flow;
using Postern.Transports.Http;
using Postern.Transports.Http.Connect;

namespace Postern.Transports.Icap;

/// <summary>Takes what an ICAP client shows to the checkpoint, as if it had been asked for here.</summary>
internal sealed class IcapAdapter(HttpCheckpoint checkpoint)
{
    private readonly Proxying _proxying = new(checkpoint);
    private readonly AwaitedResponses _awaited = new(checkpoint.Time);

    /// <summary>Serves one request to its end.</summary>
    public Task ServeAsync(IcapRequest request, ConnectionContext connection, IcapRelease release, CancellationToken gone) => request switch
    {
        { Method: IcapMethod.Options } => release.OptionsAsync(gone).AsTask(),
        { Answered: { } answered } => RespondAsync(IcapFeatures.Of(request, connection, Stream.Null), request.Asked!, IcapResponse.Of(request, answered, release.Body), release, gone),
        { Asked: { First: "CONNECT" } asked } when !IsAmbiguousTunnel(asked) => ConnectAsync(IcapFeatures.Of(request, connection, Stream.Null), asked, release, gone),
        _ => AskAsync(IcapFeatures.Of(request, connection, release.Body ?? Stream.Null), request.Asked!, release, gone),
    };

    private static IPAddress PeerOf(IFeatureCollection features) => features.GetRequiredFeature<IHttpConnectionFeature>().RemoteIpAddress ?? IPAddress.None;

    private Task<bool> AskAsync(IFeatureCollection features, HeadText asked, IcapRelease release, CancellationToken gone)
    {
        var exchange = checkpoint.Policies.BeginExchange("icap", features);

        var obstacles = asked.First == "CONNECT" || IsAmbiguous(asked, release.Body is not null) ? Obstacle.AmbiguousFraming : Obstacle.None;
        var onward = new ReturnOnward(release, answering => _awaited.Keep(asked, PeerOf(features), answering));
        return RunAsync(new HttpPassage(exchange, features, release, onward), obstacles, gone);
    }

    /// <summary>
    /// A length that is no number, one beside a coding, or one without a body: whoever carries it on would wait for a body, or take what follows for it.
    /// </summary>
    private static bool IsAmbiguous(HeadText asked, bool hasBody)
    {
        var length = asked.ValueOf("Content-Length");
        return length.Length > 0 && (!length.All(char.IsAsciiDigit) || asked.ValueOf("Transfer-Encoding").Length > 0 || (!hasBody && length != "0"));
    }

    /// <summary>A tunnel to one place that says it is for another, or that brings a body.</summary>
    private static bool IsAmbiguousTunnel(HeadText asked) =>
        asked.ValueOf("Content-Length").Length + asked.ValueOf("Transfer-Encoding").Length > 0
        || (asked.ValueOf("Host") is { Length: > 0 } host && !host.Equals(asked.Second, StringComparison.OrdinalIgnoreCase) && !(host + ":443").Equals(asked.Second, StringComparison.OrdinalIgnoreCase));

    /// <summary>A response goes with the request that was judged before, or else with the head of it that came along, judged now.</summary>
    private async Task RespondAsync(IFeatureCollection features, HeadText asked, HttpResponseMessage response, IcapRelease release, CancellationToken gone)
    {
        using var brought = response;
        var exchange = checkpoint.Policies.BeginExchange("icap", features);
        if (_awaited.Take(asked, PeerOf(features), out var isTangled) is not { } answering)
        {
            var obstacle = isTangled ? Obstacle.AmbiguousFraming : Obstacle.None;
            await RunAsync(new HttpPassage(exchange, features, release, new BroughtOnward(response, release)), obstacle, gone).ConfigureAwait(false);
            return;
        }

        using var stay = new Stay(checkpoint.Inspector, answering.Exchange, gone);
        try
        {
            await answering.RunAsync(response, release, stay.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stay.Token.IsCancellationRequested)
        {
            await stay.EndAsync(release, answering.Shape.Of).ConfigureAwait(false);
        }
    }

    /// <summary>The tunnel will be opened, and perhaps read, by the client itself: what is judged is where it leads.</summary>
    private async Task ConnectAsync(IFeatureCollection features, HeadText asked, IcapRelease release, CancellationToken gone)
    {
        var exchange = checkpoint.Policies.BeginExchange("icap", features);
        using var message = TunnelGate.Read(System.Text.Encoding.Latin1.GetBytes(asked.Second), asked.Fields);
        var ruling = await checkpoint.Inspector.InspectAsync(exchange, message, gone).ConfigureAwait(false);
        if (!ruling.TryClear(out var cleared, out var refused))
        {
            await release.ReplyAsync(Reply.Of(refused), gone).ConfigureAwait(false);
            return;
        }

        _awaited.Keep(asked, PeerOf(features), new Answering(exchange, ProblemShape.Instance, (response, client, cancel) =>
            ResponseExchange.RunAsync(checkpoint, exchange, new ClientEnd(client, ProblemShape.Instance), response, cancel)));
        await release.ForwardAsync(cleared, null, gone).ConfigureAwait(false);
    }

    private Task<bool> RunAsync(HttpPassage passage, Obstacle obstacles, CancellationToken gone)
    {
        var request = passage.Features.GetRequiredFeature<IHttpRequestFeature>();
        var url = request.RawTarget.StartsWith('/') ? "http://" + request.Headers.Host + request.RawTarget : request.RawTarget;
        return _proxying.RunAsync(passage, url, obstacles | HttpAdapter.HostObstacle(request, url), gone);
    }
}
