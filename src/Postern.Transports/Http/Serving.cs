using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Postern.Transports.Http;

/// <summary>What every listener of the checkpoint does around a request. Nothing escapes: what goes wrong here closes the connection.</summary>
internal static class Serving
{
    /// <summary>The answer when the exchange itself broke.</summary>
    public static Reply Failed { get; } = Reply.Fault(503, "Not completed", "Postern could not complete the exchange; nothing more of it was released.");

    /// <summary>Serves one request to its end.</summary>
    public static async Task RunAsync(IFeatureCollection features, Func<IFeatureCollection, CancellationToken, Task> serve)
    {
        var lifetime = features.GetRequiredFeature<IHttpRequestLifetimeFeature>();
        try
        {
            await serve(features, lifetime.RequestAborted).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or BadHttpRequestException)
        {
            // The client is gone or broke HTTP: there is nobody to answer.
            lifetime.Abort();
        }
        catch (Exception)
        {
            // Lost evidence or a bug of ours: whatever has not left stays here.
            await new ClientRelease(features).ReplyAsync(Failed, lifetime.RequestAborted).ConfigureAwait(false);
        }
    }
}
