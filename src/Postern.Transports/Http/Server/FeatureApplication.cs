using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;

namespace Postern.Transports.Http.Server;

/// <summary>The thinnest application: the request's features are its context, one delegate serves it.</summary>
internal sealed class FeatureApplication(Func<IFeatureCollection, Task> serve) : IHttpApplication<IFeatureCollection>
{
    /// <inheritdoc/>
    public IFeatureCollection CreateContext(IFeatureCollection contextFeatures) => contextFeatures;

    /// <inheritdoc/>
    public Task ProcessRequestAsync(IFeatureCollection context) => serve(context);

    /// <summary>Nothing to release: Kestrel owns the features.</summary>
    public void DisposeContext(IFeatureCollection context, Exception? exception) { }
}
