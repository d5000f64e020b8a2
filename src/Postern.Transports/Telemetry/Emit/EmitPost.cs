using System.Net.Http.Headers;

namespace Postern.Transports.Telemetry.Emit;

/// <summary>Posts JSON to a sink over HTTP, and tells whether another try is worth it.</summary>
internal sealed class EmitPost : IDisposable
{
    /// <summary>How much of an answer is read.</summary>
    private const int MaxAnswerBytes = 64 * 1024;

    private readonly HttpClient _client;

    /// <summary>Prepares.</summary>
    /// <param name="patience">How long an answer may take.</param>
    public EmitPost(TimeSpan patience)
    {
        // A redirect could send events to somebody else, and the machine's proxy may be the agents' way out.
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false };
        _client = new HttpClient(handler) { Timeout = patience, MaxResponseContentBufferSize = MaxAnswerBytes };
    }

    /// <summary>Posts, and returns the answer.</summary>
    /// <exception cref="IOException">Not reached, or not now.</exception>
    /// <exception cref="EmitRefusedException">It does not take this body.</exception>
    public async Task<byte[]> SendAsync(Uri address, ReadOnlyMemory<byte> json, IEnumerable<KeyValuePair<string, string>> headers, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ReadOnlyMemoryContent(json) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        try
        {
            using var answer = await _client.SendAsync(request, cancel).ConfigureAwait(false);
            var status = (int)answer.StatusCode;
            return status switch
            {
                >= 200 and < 300 => await answer.Content.ReadAsByteArrayAsync(cancel).ConfigureAwait(false),

                // What was sent is wrong. Everything else (a token that has expired, a path that moved) an operator can mend.
                400 or 413 or 415 or 422 => throw new EmitRefusedException($"it answered HTTP {status}"),
                _ => throw new IOException($"it answered HTTP {status}"),
            };
        }
        catch (HttpRequestException broken)
        {
            throw new IOException($"it cannot be reached ({broken.HttpRequestError})", broken);
        }
        catch (OperationCanceledException late) when (!cancel.IsCancellationRequested)
        {
            throw new IOException("it did not answer in time", late);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();
}
