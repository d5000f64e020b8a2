using Microsoft.AspNetCore.Http.Features;

namespace Postern.Transports.Http.Local;

/// <summary>Something Postern itself answers on the main listener.</summary>
internal interface ILocalEndpoint
{
    /// <summary>The exact path.</summary>
    string Path { get; }

    /// <summary>Serves one request to its end, whatever its method.</summary>
    ValueTask ServeAsync(IHttpRequestFeature request, IFeatureCollection features, CancellationToken cancel);
}
