using Postern.Engine.Flow;
using Postern.Engine.Inspection;
using Postern.Engine.Media;
using Postern.Engine.Policy;
using Postern.Transports.Streaming;

namespace Postern.Transports.Http;

/// <summary>The way back: the response's head and body through the checkpoint to the client.</summary>
internal static class ResponseExchange
{
    /// <summary>How long a client that does not read may keep the event that says why its stream ends.</summary>
    private static readonly TimeSpan s_farewell = TimeSpan.FromMilliseconds(100);

    /// <summary>Passes <paramref name="response"/> on, whole or in pieces, or refuses it.</summary>
    public static async Task RunAsync(
        HttpCheckpoint checkpoint, Exchange exchange, ClientEnd end, HttpResponseMessage response, CancellationToken cancel)
    {
        var client = end.Release;
        var limits = exchange.Policy.Policy.Flow;
        using var writer = new MessageWriter();
        var facts = ResponseHead.Read(response, writer);
        var coded = await OpenAsync(response, checkpoint.Patience.Idle, cancel).ConfigureAwait(false);
        var coding = Obstacle.None;
        var decoded = facts.HasBody ? ContentCoding.TryOpen(coded, facts.ContentEncoding, limits, out coding) : null;
        await using var body = new BodySource(decoded ?? Stream.Null, checkpoint.Time, checkpoint.Holding);
        using var held = await HoldAsync(body, exchange.Policy.Policy, facts, cancel).ConfigureAwait(false);
        var bodyFacts = BodyFacts.Inbound(facts.ContentType, held.Bytes);
        if (held.IsWhole && facts.HasBody)
        {
            if (bodyFacts.Content == ContentKind.Json)
            {
                TextBlocks.Join(held.Bytes, writer);
            }

            writer.Body(held.Bytes);
        }
        else if (!held.IsWhole && facts.ContentLength is { } length && ContentCoding.IsIdentity(facts.ContentEncoding))
        {
            bodyFacts = bodyFacts with { KeepsLength = true };
            writer.Header("Content-Length", length.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        using var message = writer.Seal(bodyFacts with
        {
            Kind = MessageKind.Response,
            Status = (int)response.StatusCode,
            // What switches protocols is carried elsewhere, or by nobody.
            Obstacles = facts.Obstacles | coding | held.Obstacle | (response.StatusCode == System.Net.HttpStatusCode.SwitchingProtocols ? Obstacle.UnknownUpgrade : Obstacle.None),
            Whole = held.IsWhole,
        });
        var ruling = await checkpoint.Inspector.InspectAsync(exchange, message, cancel).ConfigureAwait(false);
        if (!ruling.TryClear(out var cleared, out var refused))
        {
            await client.ReplyAsync(end.Shape.Of(refused), cancel).ConfigureAwait(false);
            return;
        }

        await client.RespondAsync(cleared, bodyFollows: !held.IsWhole, cancel).ConfigureAwait(false);
        var isComplete = held.IsWhole;
        if (!held.IsWhole)
        {
            using var pieces = Pieces.For(facts.ContentType, limits, bodyFacts);
            pieces.Feed(held.Bytes);
            var pump = new PiecePump(checkpoint.Inspector, exchange, body, pieces);
            isComplete = await StreamAsync(pump, limits, end, MediaTypes.IsEventStream(MediaTypes.TypeOf(facts.ContentType)), cancel).ConfigureAwait(false);
        }

        if (isComplete)
        {
            await TrailersAsync(checkpoint, exchange, client, response, cancel).ConfigureAwait(false);
        }
    }

    private static async ValueTask<Stream> OpenAsync(HttpResponseMessage response, TimeSpan idle, CancellationToken cancel)
    {
        var body = await response.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false);
        return idle == TimeSpan.Zero ? body : new PatientStream(body, idle, cancel);
    }

    private static ValueTask<HeldBody> HoldAsync(BodySource body, SecurityPolicy policy, in ResponseFacts facts, CancellationToken cancel)
    {
        if (!facts.HasBody || facts.Obstacles != Obstacle.None)
        {
            return new(HeldBody.None);
        }

        if (MediaTypes.NeverHolds(facts.ContentType))
        {
            return new(HeldBody.Unread);
        }

        // Of a body that is too long the first bytes tell whether it is the media that it claims to be. One of known length, and
        // an image, is worth waiting for; anything else of unknown length may be a conversation.
        var type = MediaTypes.TypeOf(facts.ContentType);
        var worthBytes = policy.Media.HoldBytes(type, policy.Flow.HoldBytes);
        var maxBytes = facts.ContentLength > worthBytes ? 0 : worthBytes;
        var isAwaited = facts.ContentLength is not null || MediaHead.IsImage(type);
        return body.HoldAsync(maxBytes, new Patience { NextMs = isAwaited ? 0 : policy.Flow.HoldIdleMs }, cancel);
    }

    /// <summary>True when the stream came to its own end.</summary>
    private static async Task<bool> StreamAsync(PiecePump pump, FlowLimits limits, ClientEnd end, bool isEvents, CancellationToken cancel)
    {
        var client = end.Release;
        try
        {
            var refused = await pump.RunAsync(
                Direction.Inbound, limits.HoldIdleMs, isEvents ? client.EventAsync : client.PieceAsync, cancel).ConfigureAwait(false);
            if (refused is null)
            {
                return true;
            }

            if (isEvents)
            {
                using var farewell = new CancellationTokenSource(s_farewell);
                await client.LastEventAsync(end.Shape.Event(refused), farewell.Token).ConfigureAwait(false);
                return false;
            }
        }
        catch (Exception e) when (e is HttpIOException or UpstreamSilentException)
        {
            // The upstream broke off or fell silent: so does what the client gets.
        }

        client.Abort();
        return false;
    }

    private static async Task TrailersAsync(
        HttpCheckpoint checkpoint, Exchange exchange, IClientRelease client, HttpResponseMessage response, CancellationToken cancel)
    {
        if (response.TrailingHeaders.NonValidated.Count == 0)
        {
            return;
        }

        using var writer = new MessageWriter(512);
        var obstacles = ResponseHead.ReadTrailers(response, writer);
        using var message = writer.Seal(new MessageFacts(MessageKind.Trailers, Direction.Inbound) { Obstacles = obstacles });
        var ruling = await checkpoint.Inspector.InspectAsync(exchange, message, cancel).ConfigureAwait(false);
        if (ruling.TryClear(out var cleared, out _))
        {
            client.Trailers(cleared);
        }
        else
        {
            client.Abort();
        }
    }
}
