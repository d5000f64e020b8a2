using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Postern.Transports.Http.Reverse;

/// <summary>
/// Asks servers of the operator's how they are. What it sends is the same GET each time and holds nothing of anybody's message;
/// of what comes back only the status is read.
/// </summary>
internal sealed class HealthProbeRelease : IAsyncDisposable
{
    private readonly CancellationTokenSource _ended = new();
    private readonly HttpMessageInvoker _http;
    private readonly Task _asking;

    /// <summary>Begins to ask.</summary>
    /// <param name="watched">Whom, and with which URL.</param>
    /// <param name="every">How often, and how long an answer may take.</param>
    /// <param name="trust">Whose certificates servers may show; null trusts whom the system trusts.</param>
    /// <param name="time">The clock.</param>
    public HealthProbeRelease(IReadOnlyList<(ReverseServer Server, Uri Health)> watched, TimeSpan every, X509ChainPolicy? trust, TimeProvider time)
    {
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = trust },
        });
        _asking = watched.Count == 0 ? Task.CompletedTask : AskAsync(watched, every, time);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync().ConfigureAwait(false);
        await _asking.ConfigureAwait(false);
        _http.Dispose();
        _ended.Dispose();
    }

    private async Task AskAsync(IReadOnlyList<(ReverseServer Server, Uri Health)> watched, TimeSpan every, TimeProvider time)
    {
        using var timer = new PeriodicTimer(every, time);
        try
        {
            do
            {
                await Task.WhenAll(watched.Select(one => AskAsync(one.Server, one.Health, every))).ConfigureAwait(false);
            }
            while (await timer.WaitForNextTickAsync(_ended.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            // Nobody wants to know any more.
        }
    }

    private async Task AskAsync(ReverseServer server, Uri health, TimeSpan patience)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(_ended.Token);
        late.CancelAfter(patience);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, health);
            using var answer = await _http.SendAsync(request, late.Token).ConfigureAwait(false);
            server.Note(failed: (int)answer.StatusCode is < 200 or > 399);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            server.Note(failed: true);
        }
    }
}
