using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Http.Features;

namespace Postern.Transports.Http.InProcess;

/// <summary>
/// HTTP without a wire: a request message becomes what a server would have read, and what is answered becomes a response message. With it an
/// <see cref="HttpClient"/> meets the checkpoint in its own process, and the checkpoint an application in the same one.
/// </summary>
/// <param name="serve">Serves one request to its end, as it would on a connection.</param>
/// <param name="said">Told when the answer is a reply of Postern's own, before it is returned; may throw instead.</param>
internal sealed class InProcessRelease(Func<IFeatureCollection, Task> serve, Action<Reply>? said = null) : HttpMessageHandler
{
    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var upload = new Pipe();
        var exchange = new InProcessExchange(request, request.Content is null ? Stream.Null : upload.Reader.AsStream());
        var sending = request.Content is { } content ? PumpAsync(content, upload.Writer, exchange) : Task.CompletedTask;
        await using var leaving = cancellationToken.Register(exchange.Abort).ConfigureAwait(false);
        _ = exchange.RunAsync(serve, sending);
        try
        {
            var response = await exchange.Head.ConfigureAwait(false);
            if (said is not null && exchange.Features.Get<Reply>() is { } reply)
            {
                using var unread = response;
                said(reply);
            }

            return response;
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    /// <summary>Carries a content, which knows only how to write itself, to whoever reads the request.</summary>
    private static async Task PumpAsync(HttpContent content, PipeWriter to, InProcessExchange exchange)
    {
        Exception? fault = null;
        try
        {
            await using var stream = to.AsStream(leaveOpen: true);
            await content.CopyToAsync(stream, exchange.RequestAborted).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // Of whatever sort: a body that is not all there. As on a wire, no response comes of half a request.
            fault = e as IOException ?? new IOException("The content of the request broke off.", e);
            exchange.Abort();
        }

        await to.CompleteAsync(fault).ConfigureAwait(false);
    }
}
