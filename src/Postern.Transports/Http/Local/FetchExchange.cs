using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Postern.Engine.Flow;
using Postern.Engine.Inspection;
using Postern.Engine.Pages;
using Postern.Engine.Views;

namespace Postern.Transports.Http.Local;

/// <summary>One fetched page: the request, the response and the text made of it each pass the checkpoint. Redirects are not followed.</summary>
internal sealed class FetchExchange(HttpCheckpoint checkpoint, FetchSettings settings, FetchTarget target, Exchange exchange)
{
    private const string Accept = "text/html,application/xhtml+xml,application/json;q=0.9,text/plain;q=0.9,*/*;q=0.5";

    /// <summary>Fetches and answers.</summary>
    public async Task RunAsync(IFeatureCollection features, CancellationToken gone)
    {
        using var stay = new Stay(checkpoint.Inspector, exchange, gone);
        var cancel = stay.Token;
        using var timer = new CancellationTokenSource(settings.Timeout, checkpoint.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancel);
        var client = new ClientRelease(features);
        try
        {
            var (ruling, page) = await FetchAsync(either.Token).ConfigureAwait(false);
            using (page)
            {
                if (ruling.TryClear(out var cleared, out var refused))
                {
                    await new FetchRelease(features).PageAsync(cleared, cancel).ConfigureAwait(false);
                }
                else
                {
                    await client.ReplyAsync(FetchAnswer.Refusal(target, refused, IsTooLarge(page) ? 502 : null), gone).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            await stay.EndAsync(client, refused => FetchAnswer.Refusal(target, refused, null)).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested && e is HttpRequestException or IOException or SocketException or OperationCanceledException)
        {
            await client.ReplyAsync(FetchAnswer.Fault(target, UpstreamFault.Of(e).Status), cancel).ConfigureAwait(false);
        }
    }

    /// <summary>The last ruling there was, and the message it was about.</summary>
    private async Task<(Ruling Ruling, Message Page)> FetchAsync(CancellationToken cancel)
    {
        var request = Request();
        var ruling = await checkpoint.Inspector.InspectAsync(exchange, request, cancel).ConfigureAwait(false);
        if (!ruling.TryClear(out var cleared, out _))
        {
            return (ruling, request);
        }

        using var answer = await checkpoint.Upstream.ForwardAsync(cleared, null, http2: true, cancel).ConfigureAwait(false);
        var response = await ReadAsync(answer.Response, cancel).ConfigureAwait(false);
        ruling = await checkpoint.Inspector.InspectAsync(exchange, response, cancel).ConfigureAwait(false);
        if (!ruling.TryClear(out cleared, out _))
        {
            return (ruling, response);
        }

        // The page is made of what was cleared, which is not what came when something was cut out of it.
        using (var shown = cleared.Take())
        {
            var page = PageOf(answer.Response, shown).ToMessage(target, shown.Facts.Status);
            return (await checkpoint.Inspector.InspectAsync(exchange, page, cancel).ConfigureAwait(false), page);
        }
    }

    private Message Request()
    {
        using var writer = new MessageWriter(target.Url.Length + 512);
        writer.Add(PartKind.Method, "GET"u8);
        writer.Add(PartKind.Url, target.Url);
        writer.Header("User-Agent", settings.UserAgent);
        writer.Header("Accept", Accept);
        return writer.Seal(new MessageFacts(MessageKind.Request, Direction.Outbound) { Whole = true });
    }

    private async Task<Message> ReadAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        using var writer = new MessageWriter();
        var facts = ResponseHead.Read(response, writer);
        var coded = await response.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false);
        var decoded = ContentCoding.TryOpen(coded, facts.ContentEncoding, exchange.Policy.Policy.Flow, out var coding);
        await using var source = new BodySource(decoded ?? Stream.Null, checkpoint.Time, checkpoint.Holding);
        using var held = facts.ContentLength > settings.MaxResponseBytes
            ? HeldBody.Unread
            : await source.HoldAsync(settings.MaxResponseBytes, default, cancel).ConfigureAwait(false);
        writer.Body(held.Bytes);
        return writer.Seal(BodyFacts.Inbound(facts.ContentType, held.Bytes) with
        {
            Kind = MessageKind.Response,
            Status = (int)response.StatusCode,
            Obstacles = facts.Obstacles | coding | held.Obstacle | (held.IsWhole ? Obstacle.None : Obstacle.BodyTooLarge),
            Whole = true,
        });
    }

    private FetchedPage PageOf(HttpResponseMessage response, Message inspected)
    {
        var type = response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var types) ? types.ToString() : string.Empty;
        _ = Uri.TryCreate(Encoding.UTF8.GetString(target.Url), UriKind.Absolute, out var address);
        if (inspected.Facts.Status is >= 300 and < 400 && response.Headers.NonValidated.TryGetValues("Location", out var locations))
        {
            var location = Uri.TryCreate(address, locations.ToString(), out var next) ? next.AbsoluteUri : locations.ToString();
            return new FetchedPage(type, string.Empty, location, "A redirect; it was not followed. To go on, fetch the address in content.");
        }

        if (inspected.Facts.Content == ContentKind.Opaque)
        {
            return new FetchedPage(type, string.Empty, string.Empty, "Not a text. To download it, request it through the forward proxy.");
        }

        var text = Charset.ToUtf8(inspected.Facts.Charset, inspected.ReleasableBody.Span);
        if (inspected.Facts.Content != ContentKind.Html)
        {
            return new FetchedPage(type, string.Empty, Encoding.UTF8.GetString(text), string.Empty);
        }

        var (title, readable) = PageText.Of(text, address);
        return new FetchedPage(type, title, readable, string.Empty);
    }

    /// <summary>Too long is the upstream's doing (502), as a page that cannot be held is no page that may not be read (403).</summary>
    private static bool IsTooLarge(Message message) => (message.Facts.Obstacles & Obstacle.BodyTooLarge) != 0;
}
