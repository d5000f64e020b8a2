using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Postern.Engine.Flow;
using Postern.Transports.Http;
using Postern.Transports.Http.InProcess;

namespace Postern.AspNetCore;

/// <summary>
/// Passes what an <see cref="HttpClient"/> sends and receives through the checkpoint: heads, bodies, streams, event by event. It is the innermost handler, because
/// it dials itself: the addresses that were judged and no others. Other handlers go around it. Redirects are answers; nothing follows them.
/// </summary>
/// <remarks>
/// A refusal is a <see cref="PosternRefusalException"/>; a stream that is refused after its head has arrived breaks off with an <see cref="IOException"/>, server-sent
/// events end with an event named <c>error</c>, and MCP gets its refusals in its own words, as a result or an error. Bodies arrive decoded.
/// </remarks>
public sealed class PosternHandler : DelegatingHandler
{
    private readonly PosternCheckpoint _checkpoint;
    private readonly Proxying _proxying;
    private readonly HttpMessageHandler _inner;

    /// <summary>A handler over a checkpoint, which stays the caller's.</summary>
    public PosternHandler(PosternCheckpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        _checkpoint = checkpoint;
        _proxying = new Proxying(checkpoint.World);
        InnerHandler = _inner = new InProcessRelease(features => Serving.RunAsync(features, RouteAsync), Hear);
    }

    /// <summary>Sends a request through the checkpoint and returns when the head of the response is there.</summary>
    /// <exception cref="PosternRefusalException">The request or the response was refused; of a refused request nothing was sent.</exception>
    /// <exception cref="HttpRequestException">The server could not be reached, or failed.</exception>
    /// <exception cref="InvalidOperationException">The request has no absolute URL, or somebody replaced the inner handler.</exception>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.RequestUri is not { IsAbsoluteUri: true } ? throw new InvalidOperationException("The request needs an absolute URL.")
            : InnerHandler != _inner ? throw new InvalidOperationException("The checkpoint sends for itself: it has no other inner handler than its own.")
            : base.SendAsync(request, cancellationToken);
    }

    private Task RouteAsync(IFeatureCollection features, CancellationToken gone)
    {
        features.Set(_checkpoint.Agent);
        var request = features.GetRequiredFeature<IHttpRequestFeature>();
        var host = request.Headers.Host;
        var obstacles = host.Count == 0 || AuthorityCheck.Agrees(host.ToString(), request.RawTarget) ? Obstacle.None : Obstacle.AuthorityMismatch;
        return _proxying.RunAsync(features, _checkpoint.World.Policies.BeginExchange("http-client", features), request.RawTarget, obstacles, gone);
    }

    /// <summary>What Postern itself has to say is no response; what it says in the words of MCP is.</summary>
    private static void Hear(Reply reply)
    {
        if (reply.Refused is { } refused)
        {
            throw new PosternRefusalException(refused, reply.Status);
        }

        if (reply.Status >= 500)
        {
            using var problem = JsonDocument.Parse(reply.Body);
            throw new HttpRequestException(problem.RootElement.GetProperty("detail").GetString(), null, (System.Net.HttpStatusCode)reply.Status);
        }
    }
}
