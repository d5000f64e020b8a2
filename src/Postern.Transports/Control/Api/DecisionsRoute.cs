using Postern.Transports.Http;

namespace Postern.Transports.Control.Api;

/// <summary><c>decisions</c>: the last ones, oldest first.</summary>
internal sealed class DecisionsRoute(ControlParts parts) : IControlRoute
{
    /// <inheritdoc/>
    public ValueTask<Reply?> AnswerAsync(ControlCall call, CancellationToken cancel) => new(call.IsPost ? ControlReply.Only("GET") : ControlReply.Ok(writer =>
    {
        writer.WriteStartArray("decisions");
        foreach (var entry in parts.Feed.Recent)
        {
            EntryJson.Write(writer, entry);
        }

        writer.WriteEndArray();
    }));
}
