using System.Net;
using System.Threading.Channels;

namespace Postern.Transports.Tests.Telemetry.Emit;

/// <summary>A receiver over HTTP that answers as the test says and keeps what it took.</summary>
internal sealed class HttpReceiver : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Channel<Delivery> _deliveries = Channel.CreateUnbounded<Delivery>();

    public HttpReceiver()
    {
        for (var port = Random.Shared.Next(20000, 32000); ; port++)
        {
            try
            {
                _listener.Prefixes.Clear();
                _listener.Prefixes.Add($"http://127.0.0.1:{port}/");
                _listener.Start();
                Url = $"http://127.0.0.1:{port}";
                break;
            }
            catch (HttpListenerException) when (port < 32000)
            {
                // Taken: the next.
            }
        }

        _ = ServeAsync();
    }

    public string Url { get; }

    /// <summary>What the next requests are answered: status and body.</summary>
    public Func<Delivery, (int Status, string Body)> Answer { get; set; } = static _ => (200, "{}");

    /// <summary>The next request that arrived, whatever it was answered.</summary>
    public async Task<Delivery> NextAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        return await _deliveries.Reader.ReadAsync(patience.Token);
    }

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                var delivery = new Delivery(context.Request.Url!.AbsolutePath, context.Request.ContentType ?? "", context.Request.Headers, body.ToArray());
                var (status, answer) = Answer(delivery);
                context.Response.StatusCode = status;
                if (status is >= 300 and < 400)
                {
                    context.Response.RedirectLocation = Url + "/elsewhere";
                }

                context.Response.Close(System.Text.Encoding.UTF8.GetBytes(answer), willBlock: true);
                _deliveries.Writer.TryWrite(delivery with { Status = status });
            }
        }
        catch (Exception over) when (over is HttpListenerException or ObjectDisposedException or InvalidOperationException)
        {
            // The test is over.
        }
    }
}
