using Postern.Engine.Flow;
using Postern.Engine.Inspection;
using Postern.Engine.Mcp;
using Postern.Transports.Http;
using Postern.Transports.Streaming;

namespace Postern.Transports.Mcp.Http;

/// <summary>
/// A stream of events whose data are JSON-RPC messages. Each event is ruled on and flushed at once. A refused one does not end the
/// stream: an answer is replaced, anything else is left out, and what follows goes on. The replacement carries no event id, so that a
/// client which resumes gets the answer again, and it is refused again.
/// </summary>
/// <param name="inspector">The checkpoint.</param>
/// <param name="talk">What was asked.</param>
/// <param name="client">The way to the client.</param>
/// <param name="named">Finds a session that a stream names (up to 2024-11-05).</param>
internal sealed class McpEventPump(Inspector inspector, HttpTalk talk, IClientRelease client, Func<string, HttpSession?> named)
{
    private RpcPassage? _passage;
    private bool _isOver;

    /// <summary>Runs to the end of the stream.</summary>
    public async Task RunAsync(BodySource source, FlowLimits limits, CancellationToken cancel)
    {
        var facts = new MessageFacts(MessageKind.Event, Direction.Inbound);
        using var events = new ServerSentEventReader(limits with { MaxPieceBytes = RpcLineReader.MaxBytes }, facts, Look);
        var outcome = StreamOutcome.Broken;
        try
        {
            await ReadAsync(source, events, limits.HoldIdleMs, cancel).ConfigureAwait(false);
            outcome = _isOver ? StreamOutcome.Refused : StreamOutcome.Complete;
        }
        catch (OperationCanceledException) when (inspector.Halt.Stops(talk.Exchange.Actor))
        {
            outcome = StreamOutcome.Halted;
            throw;
        }
        catch (Exception e) when (e is HttpIOException or ObstacleException)
        {
            // The server broke off: so does what the client gets.
            client.Abort();
        }
        finally
        {
            await inspector.CloseStreamAsync(talk.Exchange, Direction.Inbound, outcome).ConfigureAwait(false);
        }
    }

    private async Task ReadAsync(BodySource source, ServerSentEventReader events, int idleMs, CancellationToken cancel)
    {
        var waitMs = idleMs;
        while (!_isOver)
        {
            while (!_isOver && events.TryNext(out var next))
            {
                await PassAsync(events, next!, cancel).ConfigureAwait(false);
            }

            var read = await source.ReadAsync(waitMs, cancel).ConfigureAwait(false);
            if (read > 0)
            {
                events.Feed(source.Chunk);
                waitMs = idleMs;
            }
            else if (read == 0)
            {
                while (!_isOver && events.TryFinish(out var last))
                {
                    await PassAsync(events, last!, cancel).ConfigureAwait(false);
                }

                return;
            }
            else if (events.TryFlush(out var waiting))
            {
                await PassAsync(events, waiting!, cancel).ConfigureAwait(false);
            }
            else
            {
                waitMs = 0;
            }
        }
    }

    /// <summary>Data is a message. Empty data only moves the place to resume at, and the address of the messages (up to 2024-11-05) is a path.</summary>
    private MessageFacts Look(string name, ReadOnlySpan<byte> data, MessageFacts facts)
    {
        _passage = null;
        if (data.IsEmpty || (facts.Obstacles & Obstacle.PieceTooLarge) != 0)
        {
            return facts;
        }

        if (name == "endpoint")
        {
            talk.Session ??= named(HttpSessions.NameIn(System.Text.Encoding.UTF8.GetString(data)));

            // Messages sent anywhere else would go around the checkpoint.
            return data[0] == '/' && !data.StartsWith("//"u8) ? facts : facts with { Obstacles = facts.Obstacles | Obstacle.AuthorityMismatch };
        }

        var passage = talk.Admit(RpcFrame.Of(data));
        _passage = passage;
        return facts with { Content = ContentKind.Json, Whole = true, Obstacles = facts.Obstacles | passage.Obstacles, Mcp = passage.Facts };
    }

    private async ValueTask PassAsync(ServerSentEventReader events, Message piece, CancellationToken cancel)
    {
        var passage = _passage;
        var isTooLarge = (piece.Facts.Obstacles & Obstacle.PieceTooLarge) != 0;
        var ruling = await inspector.InspectAsync(talk.Exchange, piece, cancel).ConfigureAwait(false);
        if (ruling.TryClear(out var cleared, out var refused))
        {
            await client.EventAsync(cleared, cancel).ConfigureAwait(false);
            return;
        }

        piece.Dispose();
        events.TakeBack();
        if (passage is { Answers.Count: > 0 } answered)
        {
            var waiting = answered.Answers.Select(static call => call.Asked).ToList();
            await client.LastEventAsync(McpReply.Event(McpReply.Of(refused, waiting, answered.Frame.IsBatch)), cancel).ConfigureAwait(false);
        }

        // The rest of an event that is too long could not be told from the next one.
        _isOver = isTooLarge || refused.Kind == RefusalKind.Halted || refused.Kind == RefusalKind.EvidenceLost;
    }
}
