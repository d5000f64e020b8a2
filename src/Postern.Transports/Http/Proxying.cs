using Microsoft.AspNetCore.Http.Features;
using Postern.Engine.Flow;
using Postern.Transports.Mcp.Http;

namespace Postern.Transports.Http;

/// <summary>Sends a request on to where its URL says: MCP in its own way, everything else as HTTP.</summary>
internal sealed class Proxying(HttpCheckpoint checkpoint)
{
    private readonly McpHttpCheckpoint _mcp = new(checkpoint);

    /// <summary>Runs an exchange with an upstream to its end. False when the upstream failed; a refusal is no failure of its.</summary>
    public Task<bool> RunAsync(IFeatureCollection features, Exchange exchange, string url, Obstacle obstacles, CancellationToken gone) =>
        RunAsync(HttpPassage.Of(checkpoint, exchange, features), url, obstacles, gone);

    /// <summary>The same by ways that the adapter knows.</summary>
    public async Task<bool> RunAsync(HttpPassage passage, string url, Obstacle obstacles, CancellationToken gone)
    {
        if (McpRecognition.Of(passage.Features.GetRequiredFeature<IHttpRequestFeature>(), url) is { } target)
        {
            await new McpHttpExchange(_mcp, passage).RunAsync(target, obstacles, gone).ConfigureAwait(false);
            return true;
        }

        return await new ProxyExchange(_mcp, passage).RunAsync(url, obstacles, gone).ConfigureAwait(false);
    }
}
