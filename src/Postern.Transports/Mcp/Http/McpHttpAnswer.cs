using System.Net;
using Postern.Engine.Flow;
using Postern.Engine.Inspection;
using Postern.Transports.Http;
using Postern.Transports.Streaming;

namespace Postern.Transports.Mcp.Http;

/// <summary>The way back of one HTTP exchange of MCP: one JSON document, a stream of events, or nothing but a status.</summary>
internal sealed class McpHttpAnswer(McpHttpCheckpoint checkpoint, HttpTalk talk, IClientRelease client)
{
    private FlowLimits Limits => talk.Exchange.Policy.Policy.Flow;

    /// <summary>Passes <paramref name="response"/> on, or what stands in for it.</summary>
    public async Task RunAsync(HttpResponseMessage response, McpTarget target, CancellationToken cancel)
    {
        Localize(response, target);
        using var writer = new MessageWriter();
        var facts = ResponseHead.Read(response, writer);
        var coded = await response.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false);
        var coding = Obstacle.None;
        var decoded = facts.HasBody ? ContentCoding.TryOpen(coded, facts.ContentEncoding, Limits, out coding) : null;
        await using var body = new BodySource(decoded ?? Stream.Null, checkpoint.Http.Time, checkpoint.Http.Holding);
        if (facts.HasBody && MediaTypes.IsEventStream(MediaTypes.TypeOf(facts.ContentType)))
        {
            var head = writer.Seal(new MessageFacts(MessageKind.Response, Direction.Inbound) { Status = (int)response.StatusCode, Obstacles = facts.Obstacles | coding });
            await StreamAsync(head, body, target, cancel).ConfigureAwait(false);
            return;
        }

        using var held = await body.HoldAsync(RpcLineReader.MaxBytes, default, cancel).ConfigureAwait(false);
        var obstacles = facts.Obstacles | coding | held.Obstacle | (held.IsWhole ? Obstacle.None : Obstacle.BodyTooLarge);
        var found = BodyFacts.Inbound(facts.ContentType, held.Bytes);
        if (facts.HasBody && held.IsWhole)
        {
            if (Read(response, target, held.Bytes) is { } rpc)
            {
                // Clients read it as that whatever its label says.
                obstacles |= rpc.Obstacles;
                found = found with { Mcp = rpc.Facts, Content = ContentKind.Json, Charset = null, Media = null };
                TextBlocks.Join(held.Bytes, writer);
            }

            writer.Body(target.Behind?.Localize(held.Bytes, target.KnownAs) is { } local && !target.IsEndpoint ? local : held.Bytes);
        }

        using var message = writer.Seal(found with { Kind = MessageKind.Response, Status = (int)response.StatusCode, Obstacles = obstacles, Whole = true });
        var ruling = await checkpoint.Http.Inspector.InspectAsync(talk.Exchange, message, cancel).ConfigureAwait(false);
        if (ruling.TryClear(out var cleared, out var refused))
        {
            await client.RespondAsync(cleared, bodyFollows: false, cancel).ConfigureAwait(false);
        }
        else
        {
            await client.ReplyAsync(talk.Asked.Count > 0 || target.IsEndpoint ? talk.Refuse(refused) : Reply.Of(refused), cancel).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Errors of HTTP may carry a message or anything else; an answer to a request must be one, or a stream of them. Up to 2024-11-05 the answer comes
    /// elsewhere, and here stand words that are no JSON.
    /// </summary>
    private RpcPassage? Read(HttpResponseMessage response, McpTarget target, ReadOnlySpan<byte> body)
    {
        if (body.IsEmpty || !(target.IsEndpoint || talk.IsOwedRpc))
        {
            return null;
        }

        var frame = RpcFrame.Of(body);
        var isWords = response.StatusCode == HttpStatusCode.Accepted && body.IndexOfAny((byte)'{', (byte)'[') < 0;
        return frame.Fault == RpcFault.None || (response.IsSuccessStatusCode && talk.IsOwedRpc && !isWords) ? talk.Admit(frame) : null;
    }

    private async Task StreamAsync(Message head, BodySource body, McpTarget target, CancellationToken cancel)
    {
        using var message = head;
        var ruling = await checkpoint.Http.Inspector.InspectAsync(talk.Exchange, message, cancel).ConfigureAwait(false);
        if (!ruling.TryClear(out var cleared, out var refused))
        {
            await client.ReplyAsync(talk.Asked.Count > 0 ? talk.Refuse(refused) : Reply.Of(refused), cancel).ConfigureAwait(false);
            return;
        }

        await client.RespondAsync(cleared, bodyFollows: true, cancel).ConfigureAwait(false);
        var place = new HttpPlace(talk.Exchange.Actor) { Origin = target.Origin };
        var pump = new McpEventPump(checkpoint.Http.Inspector, talk, client, name => checkpoint.Sessions.Of(place, name));
        await pump.RunAsync(body, Limits, cancel).ConfigureAwait(false);
    }

    /// <summary>Where clients are sent for metadata: to the listener that they know.</summary>
    private static void Localize(HttpResponseMessage response, McpTarget target)
    {
        if (target.Behind is not { } upstream || response.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            || !response.Headers.NonValidated.TryGetValues("WWW-Authenticate", out var challenges))
        {
            return;
        }

        string[] local = [.. challenges.Select(challenge => upstream.Localize(challenge, target.KnownAs))];
        response.Headers.Remove("WWW-Authenticate");
        response.Headers.TryAddWithoutValidation("WWW-Authenticate", local);
    }
}
