using Microsoft.AspNetCore.Http.Features;

namespace Postern.Transports.Http.Local;

/// <summary><c>GET /fetch?url=…</c>: a page as readable text in JSON, for agents that have no proxy setting.</summary>
internal sealed class FetchEndpoint(HttpCheckpoint checkpoint, FetchSettings settings) : ILocalEndpoint
{
    private static readonly Reply s_notGet = FetchAnswer.Fault(405, "Only GET is served here.", "Use GET /fetch?url=…").With("Allow", "GET");

    private static readonly Reply s_noUrl = FetchAnswer.Fault(
        400, "There is no usable url parameter.", "Use GET /fetch?url= with a percent-encoded absolute http or https URL without control characters.");

    /// <inheritdoc/>
    public string Path => "/fetch";

    /// <inheritdoc/>
    public async ValueTask ServeAsync(IHttpRequestFeature request, IFeatureCollection features, CancellationToken cancel)
    {
        if (request.Method == "GET" && FetchTarget.Read(request.QueryString) is { } target)
        {
            await new FetchExchange(checkpoint, settings, target, checkpoint.Policies.BeginExchange("fetch", features)).RunAsync(features, cancel).ConfigureAwait(false);
            return;
        }

        await new ClientRelease(features).ReplyAsync(request.Method == "GET" ? s_noUrl : s_notGet, cancel).ConfigureAwait(false);
    }
}
