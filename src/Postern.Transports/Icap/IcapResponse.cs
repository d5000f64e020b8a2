using System.Globalization;
using System.Net;
using Postern.Transports.Http;

namespace Postern.Transports.Icap;

/// <summary>The encapsulated response as if a client of ours had read it.</summary>
internal static class IcapResponse
{
    /// <summary>The response with its body.</summary>
    public static HttpResponseMessage Of(IcapRequest request, HeadText head, IcapBody? body)
    {
        var response = new HttpResponseMessage((HttpStatusCode)StatusOf(head.Second))
        {
            RequestMessage = new HttpRequestMessage { Method = request.Asked!.First == "HEAD" ? HttpMethod.Head : HttpMethod.Get },
            Content = new StreamContent(body ?? Stream.Null),
        };
        foreach (var (name, value) in head.Fields)
        {
            if (!response.Headers.TryAddWithoutValidation(name, value))
            {
                response.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return response;
    }

    /// <summary>Of anything that is no status a 100, which is no answer and is refused as one.</summary>
    private static int StatusOf(string status) =>
        status.Length == 3 && int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 100 ? number : 100;
}
