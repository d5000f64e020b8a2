using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Postern.Engine.Monitoring;
using Postern.Transports.Http;

namespace Postern.Transports.Control.Api;

/// <summary>
/// Serves the control port: who asks, from where, how often, and then one of the routes. Nothing here is kept in a cookie and every
/// change is a POST of JSON with the token in a header, so no page of anybody else can make a browser do it.
/// </summary>
internal sealed class ControlAdapter(ControlParts parts, Func<ControlSettings> settings)
{
    private const string Prefix = "/api/v1/";
    private const int MaxBodyBytes = 4096;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private static readonly Reply s_unauthorized = Reply.Fault(401, "No valid token", "Send Authorization: Bearer and one of control.bearer_tokens, or the token in control-token in Postern's home.").With("WWW-Authenticate", "Bearer");

    private readonly Dictionary<string, IControlRoute> _routes = new(StringComparer.Ordinal)
    {
        ["status"] = new StatusRoute(parts),
        ["killswitch"] = new KillSwitchRoute(parts),
        ["sessions"] = new SessionsRoute(parts),
        ["approvals"] = new ApprovalsRoute(parts),
        ["decisions"] = new DecisionsRoute(parts),
        ["reload"] = new ReloadRoute(parts),
    };

    // What fails is worth a record, and a flood of it is worth no flood of records.
    private readonly TokenBucket _notes = new(perMinute: 6, burst: 6, parts.Time);

    /// <summary>Serves one request to its end. Nothing escapes: what goes wrong here closes the connection.</summary>
    public async Task ServeAsync(IFeatureCollection features)
    {
        var gone = features.GetRequiredFeature<IHttpRequestLifetimeFeature>().RequestAborted;
        var client = new ClientRelease(features);
        try
        {
            if (await AnswerAsync(features, gone).ConfigureAwait(false) is { } reply)
            {
                using var patience = CancellationTokenSource.CreateLinkedTokenSource(gone);
                patience.CancelAfter(s_patience);
                await client.ReplyAsync(reply.With("X-Content-Type-Options", "nosniff").With("Referrer-Policy", "no-referrer").With("Cross-Origin-Resource-Policy", "same-origin"), patience.Token).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or BadHttpRequestException)
        {
            // The client is gone, broke HTTP or does not read: there is nobody to answer.
            client.Abort();
        }
    }

    /// <summary>Null when the answer was a stream.</summary>
    private async ValueTask<Reply?> AnswerAsync(IFeatureCollection features, CancellationToken gone)
    {
        var request = features.GetRequiredFeature<IHttpRequestFeature>();
        if (!LocalEndpoints.IsLocalHost(request.Headers.Host.ToString()) || BrowserOrigin.IsForeign(request.Headers))
        {
            return Reply.Fault(403, "Another site's request", "Address the control port by IP or localhost; pages of other sites have no business here.");
        }

        if (request.Method is not ("GET" or "POST"))
        {
            return ControlReply.Only("GET, POST");
        }

        if (!request.Path.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return DashboardPage.Find(request.Path) ?? ControlReply.NotFound;
        }

        var path = request.Path[Prefix.Length..];
        var caller = CallerOf(request);
        if (caller is null && !ApprovalsRoute.IsCallback(path))
        {
            Note("control port: a request without a valid token");
            return s_unauthorized;
        }

        if (caller is not null && !caller.Rate.TryTake(out var retryAfterSeconds))
        {
            return Reply.Fault(429, "Too often", "control.requests_per_minute bounds each token.").With("Retry-After", retryAfterSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        if (path == "events" && request.Method == "GET")
        {
            return await EventStream.RunAsync(parts, features, () => CallerOf(request) is not null, gone).ConfigureAwait(false)
                ? null
                : Reply.Fault(429, "Too many watch", "The number of event streams is bounded; close one.");
        }

        return await RouteAsync(features, path, caller?.Actor ?? string.Empty, gone).ConfigureAwait(false);
    }

    private async ValueTask<Reply> RouteAsync(IFeatureCollection features, string path, string caller, CancellationToken gone)
    {
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        if (!_routes.TryGetValue(slash < 0 ? path : path[..slash], out var route))
        {
            return ControlReply.NotFound;
        }

        var request = features.GetRequiredFeature<IHttpRequestFeature>();
        byte[]? body = [];
        if (request.Method == "POST")
        {
            if (!MediaTypes.TypeOf(request.Headers.ContentType.ToString()).Equals("application/json", StringComparison.OrdinalIgnoreCase))
            {
                return Reply.Fault(415, "Not JSON", "Send Content-Type: application/json.");
            }

            using var patience = CancellationTokenSource.CreateLinkedTokenSource(gone);
            patience.CancelAfter(s_patience);
            body = await ReadAsync(request.Body, patience.Token).ConfigureAwait(false);
        }

        if (body is null)
        {
            return Reply.Fault(413, "Too long", "A request here has a few members.");
        }

        var reply = await AskAsync(route, new ControlCall(features, path, caller, body), gone).ConfigureAwait(false);
        if (reply.Status == 401)
        {
            Note("control port: a callback without a valid signature");
        }

        return reply;
    }

    private static async ValueTask<Reply> AskAsync(IControlRoute route, ControlCall call, CancellationToken gone)
    {
        try
        {
            return await route.AnswerAsync(call, gone).ConfigureAwait(false) ?? ControlReply.NotFound;
        }
        catch (StateUnavailableException e)
        {
            return Reply.Fault(503, "State is out of reach", $"shared_state: {e.Message}. Nothing was changed; ask again later.");
        }
    }

    private BearerCaller? CallerOf(IHttpRequestFeature request) =>
        request.Headers.Authorization is [{ } authorization] ? settings().Callers.Find(authorization) : null;

    /// <summary>Null when it is too long.</summary>
    private static async ValueTask<byte[]?> ReadAsync(Stream body, CancellationToken cancel)
    {
        var room = new byte[MaxBodyBytes + 1];
        var length = await body.ReadAtLeastAsync(room, room.Length, throwOnEndOfStream: false, cancel).ConfigureAwait(false);
        return length > MaxBodyBytes ? null : room[..length];
    }

    private void Note(string what)
    {
        if (_notes.TryTake(out _))
        {
            parts.Note(what);
        }
    }
}
