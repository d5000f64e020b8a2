using System.Text.Json;
using Postern.Transports.Control.Live;
using Postern.Transports.Http;

namespace Postern.Transports.Control.Api;

/// <summary><c>sessions</c>, <c>sessions/ACTOR</c>, <c>…/explain</c>, <c>…/release</c>, <c>…/terminate</c>.</summary>
internal sealed class SessionsRoute(ControlParts parts) : IControlRoute
{
    private const string Root = "sessions";
    private const int MaxDestinations = 10;

    /// <inheritdoc/>
    public async ValueTask<Reply?> AnswerAsync(ControlCall call, CancellationToken cancel)
    {
        if (call.Path == Root)
        {
            return call.IsPost ? ControlReply.Only("GET") : List();
        }

        // An actor's name may hold a slash; the verbs do not.
        var rest = call.Path[(Root.Length + 1)..];
        var slash = rest.LastIndexOf('/');
        var verb = slash < 0 ? "" : rest[(slash + 1)..];
        if (verb is not ("explain" or "release" or "terminate"))
        {
            (verb, slash) = ("", rest.Length);
        }

        if (parts.Sessions.Find(rest[..slash]) is not { } session)
        {
            return null;
        }

        if (call.IsPost != verb is "release" or "terminate")
        {
            return ControlReply.Only(call.IsPost ? "GET" : "POST");
        }

        if (call.IsPost)
        {
            if (verb == "release")
            {
                await parts.States.ForgetAsync(session.Actor, 0, cancel).ConfigureAwait(false);
            }

            parts.Switch.Stop(session.Actor, isStopped: verb == "terminate", call.Caller);
        }

        return ControlReply.Ok(writer =>
        {
            WriteHead(writer, session);
            if (verb == "explain")
            {
                Explain(writer, session);
            }
        });
    }

    private Reply List() => ControlReply.Ok(writer =>
    {
        writer.WriteStartArray("sessions");
        foreach (var session in parts.Sessions.All)
        {
            writer.WriteStartObject();
            WriteHead(writer, session);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    private void WriteHead(Utf8JsonWriter writer, Session session)
    {
        var counts = session.Counts;
        writer.WriteString("actor", session.Actor);
        writer.WriteString("state", StateOf(session));
        writer.WriteString("first_seen", session.FirstSeen);
        writer.WriteString("last_seen", session.LastSeen);
        writer.WriteNumber("allowed", counts.Allowed);
        writer.WriteNumber("blocked", counts.Blocked);
        writer.WriteNumber("bytes", counts.Bytes);
        writer.WriteStartArray("transports");
        foreach (var transport in session.Transports)
        {
            writer.WriteStringValue(transport);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("destinations");
        var thisMinute = parts.Time.GetUtcNow().ToUnixTimeSeconds() / 60;
        foreach (var use in session.Destinations.Take(MaxDestinations))
        {
            writer.WriteStartObject();
            writer.WriteString("destination", use.Destination);
            writer.WriteNumber("requests_this_minute", use.Minute == thisMinute ? use.Requests : 0);
            writer.WriteNumber("bytes_this_minute", use.Minute == thisMinute ? use.Bytes : 0);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private void Explain(Utf8JsonWriter writer, Session session)
    {
        writer.WriteString("why", StateOf(session) switch
        {
            "halted" => "The kill switch is on: nothing of anybody passes.",
            "terminated" => "An operator terminated this session: nothing of it passes until it is released.",
            _ => "Every message is judged by itself; below is what did not pass as it was.",
        });
        writer.WriteStartArray("objections");
        foreach (var entry in session.Objections)
        {
            EntryJson.Write(writer, entry);
        }

        writer.WriteEndArray();
    }

    private string StateOf(Session session) => parts.Switch.IsHalted ? "halted" : parts.Switch.Stops(session.Actor) ? "terminated" : "active";
}
