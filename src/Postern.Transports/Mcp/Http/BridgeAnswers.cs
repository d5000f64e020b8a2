using System.Text;
using Postern.Engine.Flow;
using Postern.Transports.Http;
using Postern.Transports.Streaming;

namespace Postern.Transports.Mcp.Http;

/// <summary>Reads what a server answers over HTTP, message by message, into the gate towards the agent.</summary>
internal sealed class BridgeAnswers(RpcGate down, HttpCheckpoint checkpoint, FlowLimits limits)
{
    /// <summary>The id of the last event with one; null when there was none.</summary>
    public string? LastEvent { get; private set; }

    /// <summary>How long the server wants to be left alone before its stream is resumed; the default is the SDKs' second.</summary>
    public TimeSpan Retry { get; private set; } = TimeSpan.FromSeconds(1);

    /// <summary>Reads a response to its end.</summary>
    /// <returns>True when it carried messages.</returns>
    public async Task<bool> ReadAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        var type = response.Content.Headers.ContentType?.MediaType;
        await using var body = new BodySource(await response.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false), checkpoint.Time, checkpoint.Holding);
        if (MediaTypes.IsEventStream(type))
        {
            await EventsAsync(body, cancel).ConfigureAwait(false);
            return true;
        }

        using var held = await body.HoldAsync(RpcLineReader.MaxBytes, default, cancel).ConfigureAwait(false);
        if (!held.IsWhole || held.Bytes.IsEmpty || (!response.IsSuccessStatusCode && RpcReader.Read(held.Bytes) is { Fault: not RpcFault.None } or { Id.IsNone: true }))
        {
            return false;
        }

        await PassAsync(held.Bytes, cancel).ConfigureAwait(false);
        return true;
    }

    private async Task EventsAsync(BodySource body, CancellationToken cancel)
    {
        using var events = new ServerSentEventReader(limits with { MaxPieceBytes = RpcLineReader.MaxBytes }, new MessageFacts(MessageKind.Event, Direction.Inbound));
        while (await body.ReadAsync(0, cancel).ConfigureAwait(false) is > 0)
        {
            events.Feed(body.Chunk);
            while (events.TryNext(out var next))
            {
                using (next)
                {
                    await EventAsync(next!, cancel).ConfigureAwait(false);
                }
            }
        }
    }

    /// <summary>An event that the stream did not finish is none.</summary>
    private async ValueTask EventAsync(Message piece, CancellationToken cancel)
    {
        foreach (ref readonly var part in piece.Parts)
        {
            var name = piece.NameOf(part);
            if (part.Kind == PartKind.HeaderValue && name.SequenceEqual("id"u8))
            {
                LastEvent = Encoding.Latin1.GetString(piece.Of(part));
            }
            else if (part.Kind == PartKind.HeaderValue && name.SequenceEqual("retry"u8) && int.TryParse(Encoding.Latin1.GetString(piece.Of(part)), out var retryMs) && retryMs >= 0)
            {
                Retry = TimeSpan.FromMilliseconds(retryMs);
            }
        }

        if ((piece.Facts.Obstacles & Obstacle.PieceTooLarge) != 0)
        {
            await down.PassAsync(RpcFrame.TooLong(default), default, cancel).ConfigureAwait(false);
            throw new IOException("An event beyond the bound; what follows cannot be told from it.");
        }

        if (piece.TryFind(PartKind.Body, out var body) && body.Length > 0)
        {
            await PassAsync(piece.Of(body), cancel).ConfigureAwait(false);
        }
    }

    private ValueTask PassAsync(ReadOnlySpan<byte> text, CancellationToken cancel) => down.PassAsync(RpcFrame.Of(text), text, cancel);
}
