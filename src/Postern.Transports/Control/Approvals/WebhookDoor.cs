using System.Net.Http.Headers;

namespace Postern.Transports.Control.Approvals;

/// <summary>Tells a program of the operator's of every question. Its answer comes to the control port, signed; what it answers here means nothing.</summary>
/// <param name="address">Where it listens.</param>
/// <param name="signature">Signs what is sent.</param>
public sealed class WebhookDoor(Uri address, CallbackSignature signature) : IApprovalDoor, IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    // A redirect could send the question to somebody else, and the machine's proxy may be the agents' way out.
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false }) { Timeout = s_patience };

    /// <inheritdoc/>
    public string Name => "webhook";

    /// <summary>Told in words when nobody took a question. Must not throw.</summary>
    public event Action<string>? Failed;

    /// <inheritdoc/>
    public async Task KnockAsync(PendingApproval pending, Action<bool> answer, CancellationToken over)
    {
        ArgumentNullException.ThrowIfNull(pending);
        var body = ApprovalJson.Of(pending);
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.TryAddWithoutValidation(CallbackSignature.Header, signature.Of(pending.Id, body.Span));
        try
        {
            using var taken = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, over).ConfigureAwait(false);
            if (!taken.IsSuccessStatusCode)
            {
                Failed?.Invoke($"the webhook answered HTTP {(int)taken.StatusCode} to approval {pending.Id}");
            }
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !over.IsCancellationRequested))
        {
            Failed?.Invoke($"the webhook cannot be reached for approval {pending.Id}");
        }
        catch (OperationCanceledException)
        {
            // It was answered, or expired, before the webhook took it.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();
}
