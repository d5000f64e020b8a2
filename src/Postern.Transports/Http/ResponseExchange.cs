using Postern.Engine.Flow;
using Postern.Engine.Inspection;
using Postern.Transports.Streaming;

namespace Postern.Transports.Http;

/// <summary>The way back: the response's head and body through the checkpoint to the client.</summary>
internal static class ResponseExchange
{
    /// <summary>Passes <paramref name="response"/> on, whole or in pieces, or refuses it.</summary>
    public static async Task RunAsync(
        HttpCheckpoint checkpoint, Exchange exchange, ClientRelease client, HttpResponseMessage response, CancellationToken cancel)
    {
        var limits = exchange.Policy.Policy.Flow;
        using var writer = new MessageWriter();
        var facts = ResponseHead.Read(response, writer);
        var coded = await response.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false);
        var coding = Obstacle.None;
        var decoded = facts.HasBody ? ContentCoding.TryOpen(coded, facts.ContentEncoding, limits, out coding) : null;
        await using var body = new BodySource(decoded ?? Stream.Null, checkpoint.Time);
        using var held = new PieceBuffer();
        var (whole, broken) = await HoldAsync(body, held, limits, facts, cancel).ConfigureAwait(false);
        var obstacles = facts.Obstacles | coding | broken;
        var bodyFacts = BodyFacts(facts, held.Unread);
        if (whole && facts.HasBody)
        {
            writer.Body(held.Unread);
        }
        else if (!whole && facts.ContentLength is { } length && ContentCoding.IsIdentity(facts.ContentEncoding))
        {
            writer.Header("Content-Length", length.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        using var message = writer.Seal(bodyFacts with
        {
            Kind = MessageKind.Response,
            Status = (int)response.StatusCode,
            Obstacles = obstacles,
            Whole = whole,
        });
        var ruling = await checkpoint.Inspector.InspectAsync(exchange, message, cancel).ConfigureAwait(false);
        if (!ruling.TryClear(out var cleared, out var refused))
        {
            await client.ReplyAsync(Reply.Of(refused), cancel).ConfigureAwait(false);
            return;
        }

        await client.RespondAsync(cleared, bodyFollows: !whole, cancel).ConfigureAwait(false);
        var isComplete = whole;
        if (!whole)
        {
            using var pieces = Pieces.For(facts.ContentType, limits, bodyFacts);
            pieces.Feed(held.Unread);
            var pump = new PiecePump(checkpoint.Inspector, exchange, body, pieces);
            isComplete = await StreamAsync(pump, limits, client, MediaTypes.IsEventStream(MediaTypes.TypeOf(facts.ContentType)), cancel).ConfigureAwait(false);
        }

        if (isComplete)
        {
            await TrailersAsync(checkpoint, exchange, client, response, cancel).ConfigureAwait(false);
        }
    }

    private static async Task<(bool Whole, Obstacle Broken)> HoldAsync(
        BodySource body, PieceBuffer held, FlowLimits limits, ResponseFacts facts, CancellationToken cancel)
    {
        if (!facts.HasBody || facts.Obstacles != Obstacle.None)
        {
            return (true, Obstacle.None);
        }

        if (MediaTypes.NeverHolds(facts.ContentType))
        {
            return (false, Obstacle.None);
        }

        try
        {
            if (facts.ContentLength > limits.HoldBytes)
            {
                // The first bytes tell whether it is the media that it claims to be.
                await body.HoldAsync(held, limits with { HoldBytes = 0 }, default, cancel).ConfigureAwait(false);
                return (false, Obstacle.None);
            }

            // A body of known length is worth waiting for; one of unknown length may be a conversation.
            var patience = new Patience { NextMs = facts.ContentLength is null ? limits.HoldIdleMs : 0 };
            return (await body.HoldAsync(held, limits, patience, cancel).ConfigureAwait(false), Obstacle.None);
        }
        catch (ObstacleException e)
        {
            return (true, e.Obstacle);
        }
        catch (HttpIOException)
        {
            return (true, Obstacle.TruncatedBody);
        }
    }

    /// <summary>True when the stream came to its own end.</summary>
    private static async Task<bool> StreamAsync(PiecePump pump, FlowLimits limits, ClientRelease client, bool isEvents, CancellationToken cancel)
    {
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
                await client.LastEventAsync(Reply.Event(refused), cancel).ConfigureAwait(false);
                return false;
            }
        }
        catch (HttpIOException)
        {
            // The upstream broke off: so does what the client gets.
        }

        client.Abort();
        return false;
    }

    private static async Task TrailersAsync(
        HttpCheckpoint checkpoint, Exchange exchange, ClientRelease client, HttpResponseMessage response, CancellationToken cancel)
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

    private static MessageFacts BodyFacts(in ResponseFacts facts, ReadOnlySpan<byte> start)
    {
        var kind = MediaTypes.KindOf(facts.ContentType);
        return new MessageFacts(MessageKind.BodyWindow, Direction.Inbound)
        {
            Content = kind == ContentKind.Opaque && !MediaTypes.LooksOpaque(facts.ContentType, start) ? ContentKind.Text : kind,
            Boundary = MediaTypes.BoundaryOf(facts.ContentType),
        };
    }
}
