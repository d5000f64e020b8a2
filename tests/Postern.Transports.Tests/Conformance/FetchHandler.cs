using System.Net;
using System.Text.Json;

namespace Postern.Transports.Tests.Conformance;

/// <summary>Turns a request into one to <c>/fetch</c>, and a fetched page back into a response of the page's text.</summary>
internal sealed class FetchHandler(IPEndPoint postern) : DelegatingHandler(new SocketsHttpHandler())
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var url = Uri.EscapeDataString(request.RequestUri!.AbsoluteUri);
        using var asked = new HttpRequestMessage(HttpMethod.Get, $"http://{postern}/fetch?url={url}");
        var response = await base.SendAsync(asked, cancellationToken);
        if (response.StatusCode == HttpStatusCode.OK)
        {
            using var page = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
            response.Content = new StringContent(page.RootElement.GetProperty("content").GetString()!);
        }

        return response;
    }
}
