using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Postern.Transports.Control;

/// <summary>Asks the control port of a running firewall.</summary>
/// <param name="listener">Where it listens; a wildcard address is asked on loopback.</param>
/// <param name="token">The operator's token.</param>
public sealed class ControlClient(IPEndPoint listener, string token) : IDisposable
{
    // The machine's proxy is the agents' way out, and must not see the token.
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false })
    {
        BaseAddress = new Uri($"http://{HealthProbe.Reachable(listener)}/api/v1/"),
        Timeout = TimeSpan.FromSeconds(10),
    };

    /// <summary>Reads something, for example <c>status</c>.</summary>
    /// <exception cref="HttpRequestException">Nobody answers, or not with 200; the message says why.</exception>
    public Task<JsonElement> GetAsync(string path, CancellationToken cancel) => AskAsync(HttpMethod.Get, path, null, cancel);

    /// <summary>Changes something.</summary>
    /// <param name="path">For example <c>approvals/3</c>.</param>
    /// <param name="json">The body, in UTF-8.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="HttpRequestException">Nobody answers, or not with 200; the message says why.</exception>
    public Task<JsonElement> PostAsync(string path, ReadOnlyMemory<byte> json, CancellationToken cancel) => AskAsync(HttpMethod.Post, path, json, cancel);

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task<JsonElement> AskAsync(HttpMethod method, string path, ReadOnlyMemory<byte>? json, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Content = json is { } body ? new ReadOnlyMemoryContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } } : null;
        try
        {
            using var response = await _client.SendAsync(request, cancel).ConfigureAwait(false);
            using var answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancel).ConfigureAwait(false));
            return response.IsSuccessStatusCode
                ? answer.RootElement.Clone()
                : throw new HttpRequestException(answer.RootElement.TryGetProperty("detail", out var detail) ? detail.GetString() : $"HTTP {(int)response.StatusCode}");
        }
        catch (JsonException)
        {
            throw new HttpRequestException("what answers there is no control port of Postern");
        }
        catch (TaskCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new HttpRequestException("no answer in time");
        }
    }
}
