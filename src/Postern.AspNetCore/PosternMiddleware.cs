using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Postern.Engine.Flow;
using Postern.Transports.Http;
using Postern.Transports.Http.InProcess;

namespace Postern.AspNetCore;

/// <summary>
/// The checkpoint in front of an application, for callers that are agents: what they send is inspected before the application sees it, what it answers before it leaves.
/// As the reverse proxy does it, in one process. A refusal is a response of its own (403 and others, <c>application/problem+json</c>).
/// </summary>
public static class PosternMiddleware
{
    /// <summary>Puts the checkpoint in front of everything that is added after it. Put it first: what is added before it is not inspected.</summary>
    /// <param name="app">The application.</param>
    /// <param name="checkpoint">The checkpoint, which stays the caller's.</param>
    /// <remarks>WebSockets do not pass. An exception of the application becomes a 502: handle exceptions inside.</remarks>
    public static IApplicationBuilder UsePostern(this IApplicationBuilder app, PosternCheckpoint checkpoint)
    {
        ArgumentNullException.ThrowIfNull(app);
        ArgumentNullException.ThrowIfNull(checkpoint);
        return app.Use(next => new InFront(checkpoint, next).InvokeAsync);
    }

    private sealed class InFront
    {
        // The exchange runs from request to application in one flow, and a request message has no room for the context.
        private readonly AsyncLocal<Turn?> _turn = new();
        private readonly PosternCheckpoint _checkpoint;
        private readonly HttpCheckpoint _before;
        private readonly Proxying _proxying;
        private readonly RequestDelegate _next;

        public InFront(PosternCheckpoint checkpoint, RequestDelegate next)
        {
            (_checkpoint, _next) = (checkpoint, next);
            _before = checkpoint.Before(new InProcessRelease(ServeAsync));
            _proxying = new Proxying(_before);
        }

        public async Task InvokeAsync(HttpContext context)
        {
            var turn = _turn.Value = new Turn(context);

            // The application gets features of its own; these are the caller's, and stay with the checkpoint.
            var features = new FeatureCollection();
            foreach (var (type, feature) in context.Features)
            {
                features[type] = feature;
            }

            features.Set(_checkpoint.Agent);
            await Serving.RunAsync(features, RouteAsync).ConfigureAwait(false);

            // The context is the server's again when this returns.
            await turn.Served.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            foreach (var (type, feature) in features)
            {
                context.Features[type] = feature;
            }
        }

        private Task RouteAsync(IFeatureCollection features, CancellationToken gone)
        {
            var target = features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
            var obstacles = target.StartsWith('/') ? Obstacle.None : Obstacle.AuthorityMismatch;
            var url = PosternCheckpoint.Application.GetLeftPart(UriPartial.Authority) + (target.StartsWith('/') ? target : "/");
            return _proxying.RunAsync(features, _before.Policies.BeginExchange("application", features), url, obstacles, gone);
        }

        /// <summary>The application's turn, with what was cleared and nothing else of the request.</summary>
        private Task ServeAsync(IFeatureCollection cleared)
        {
            var turn = _turn.Value ?? throw new InvalidOperationException("Nobody asked.");
            return turn.Served = ServeAsync(turn.Context, cleared);
        }

        private Task ServeAsync(HttpContext context, IFeatureCollection cleared)
        {
            var asked = context.Features.GetRequiredFeature<IHttpRequestFeature>();
            var request = cleared.GetRequiredFeature<IHttpRequestFeature>();

            // The target left the checkpoint as it came: nothing edits a URL. As the server has read it, the application reads it.
            (request.Path, request.PathBase, request.QueryString, request.RawTarget) = (asked.Path, asked.PathBase, asked.QueryString, asked.RawTarget);
            (request.Scheme, request.Protocol) = (asked.Scheme, asked.Protocol);
            request.Headers.Host = asked.Headers.Host;
            foreach (var (type, feature) in cleared)
            {
                context.Features[type] = feature;
            }

            context.Features.Set<IHttpUpgradeFeature>(null);
            context.Features.Set<IHttpExtendedConnectFeature>(null);
            context.Features.Set<IRequestBodyPipeFeature>(null);

            // Nobody looked at them.
            context.Features.Set<IHttpRequestTrailersFeature>(null);
            return _next(context);
        }

        private sealed record Turn(HttpContext Context)
        {
            public Task Served { get; set; } = Task.CompletedTask;
        }
    }
}
