using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Postern.Engine.Flow;
using Postern.Transports.Http;

namespace Postern.Transports.Icap;

/// <summary>The encapsulated request as if a server had parsed it, and who shows it.</summary>
internal static class IcapFeatures
{
    /// <summary>The features of the request, its body for whoever reads it.</summary>
    public static FeatureCollection Of(IcapRequest request, ConnectionContext connection, Stream body)
    {
        var asked = new HttpRequestFeature { Method = request.Asked!.First, RawTarget = request.Asked.Second, Protocol = "HTTP/1.1", Body = body };
        foreach (var (name, value) in request.Asked.Fields)
        {
            asked.Headers[name] = StringValues.Concat(asked.Headers[name], value);
        }

        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(asked);
        features.Set<IHttpConnectionFeature>(new HttpConnectionFeature { RemoteIpAddress = (connection.RemoteEndPoint as IPEndPoint)?.Address });
        features.Set(connection.Features.Get<PeerConnection>());
        features.Set(new ForwardedClaim(
            Token: request.Head.ValueOf(Callers.TokenHeader),
            User: UserOf(request.Head.ValueOf("X-Authenticated-User")),
            Address: IPAddress.TryParse(request.Head.ValueOf("X-Client-IP"), out var address) ? address : null));
        return features;
    }

    /// <summary>Proxies write the name in base64, behind the way in which it was signed in (<c>Local://name</c>), or as it is.</summary>
    private static string UserOf(string field)
    {
        var bytes = new byte[field.Length];
        var name = Convert.TryFromBase64String(field, bytes, out var length) ? System.Text.Encoding.Latin1.GetString(bytes, 0, length) : field;
        return name[(name.LastIndexOf('/') + 1)..];
    }
}
