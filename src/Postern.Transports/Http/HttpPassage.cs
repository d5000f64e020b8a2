using Microsoft.AspNetCore.Http.Features;
using Postern.Engine.Flow;

namespace Postern.Transports.Http;

/// <summary>One request as an adapter hands it over, with the way back to its client and the way on.</summary>
/// <param name="Exchange">The conversation that it begins.</param>
/// <param name="Features">The request as it was parsed.</param>
/// <param name="Client">The way back.</param>
/// <param name="Onward">The way on.</param>
internal sealed record HttpPassage(Exchange Exchange, IFeatureCollection Features, IClientRelease Client, IOnward Onward)
{
    /// <summary>Of a request that Postern itself carries to its upstream.</summary>
    public static HttpPassage Of(HttpCheckpoint checkpoint, Exchange exchange, IFeatureCollection features)
    {
        var client = new ClientRelease(features);
        return new HttpPassage(exchange, features, client, new UpstreamOnward(checkpoint, features, client));
    }
}
