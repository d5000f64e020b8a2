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
    private readonly AwaitedResponses _awaited = new();

    /// <summary>Serves one request to its end.</summary>
    public Task ServeAsync(IcapRequest request, ConnectionContext connection, IcapRelease release, CancellationToken gone) => request switch
    {
        { Method: IcapMethod.Options } => release.OptionsAsync(gone).AsTask(),
        { Answered: { } answered } => RespondAsync(IcapFeatures.Of(request, connection, Stream.Null), request.Asked!, IcapResponse.Of(request, answered, release.Body), release, gone),
        { Asked.First: "CONNECT" } => ConnectAsync(IcapFeatures.Of(request, connection, Stream.Null), request.Asked, release, gone),
        _ => AskAsync(IcapFeatures.Of(request, connection, release.Body ?? Stream.Null), request.Asked!, release, gone),
    };

    private Task<bool> AskAsync(IFeatureCollection features, HeadText asked, IcapRelease release, CancellationToken gone)
    {
        var exchange = checkpoint.Policies.BeginExchange("icap", features);

        // A length without a body: whoever carries it on would wait for one, or take what follows for it.
        var obstacles = release.Body is null && asked.ValueOf("Content-Length") is not ("" or "0") ? Obstacle.AmbiguousFraming : Obstacle.None;
        return RunAsync(new HttpPassage(exchange, features, release, new ReturnOnward(release, asked, _awaited)), obstacles, gone);
    }

    /// <summary>A response goes with the request that was judged before, or else with the head of it that came along, judged now.</summary>
    private async Task RespondAsync(IFeatureCollection features, HeadText asked, HttpResponseMessage response, IcapRelease release, CancellationToken gone)
    {
        using var brought = response;
        var exchange = checkpoint.Policies.BeginExchange("icap", features);
        if (_awaited.Take(asked, exchange.Actor) is not { } answering)
        {
            await RunAsync(new HttpPassage(exchange, features, release, new BroughtOnward(response, release)), Obstacle.None, gone).ConfigureAwait(false);
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

        _awaited.Keep(asked, new Answering(exchange, ProblemShape.Instance, (response, client, cancel) =>
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
