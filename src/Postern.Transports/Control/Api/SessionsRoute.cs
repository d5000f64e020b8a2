using System.Text.Json;
using Postern.Engine.Agents;
using Postern.Engine.Monitoring;
using Postern.Engine.Monitoring.Adaptive;
using Postern.Engine.Policy;
using Postern.Transports.Control.Live;
using Postern.Transports.Http;

namespace Postern.Transports.Control.Api;

/// <summary><c>sessions</c>, <c>sessions/ACTOR</c>, <c>…/explain</c>, <c>…/release</c>, <c>…/terminate</c>, <c>…/airlock</c>, <c>…/task</c>.</summary>
internal sealed class SessionsRoute(ControlParts parts) : IControlRoute
{
    private const string Root = "sessions";
    private const int MaxDestinations = 10;
    private const int MaxLabel = 100;

    private static readonly string[] s_changes = ["release", "terminate", "airlock", "task"];

    private readonly SessionStates _states = new(parts.States, parts.Time);

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
        if (verb != "explain" && !s_changes.Contains(verb))
        {
            (verb, slash) = ("", rest.Length);
        }

        if (parts.Sessions.Find(rest[..slash]) is not { } session)
        {
            return null;
        }

        if (call.IsPost != s_changes.Contains(verb))
        {
            return ControlReply.Only(call.IsPost ? "GET" : "POST");
        }

        if (call.IsPost && await ChangeAsync(verb, session.Actor, call, cancel).ConfigureAwait(false) is { } fault)
        {
            return fault;
        }

        var standing = await _states.OfAsync(session.Actor, PolicyOf(session.Actor), cancel).ConfigureAwait(false);
        return ControlReply.Ok(writer =>
        {
            WriteHead(writer, session);
            WriteStanding(writer, standing);
            if (verb == "explain")
            {
                Explain(writer, session, standing);
            }
        });
    }

    /// <summary>Null when it was done.</summary>
    private async ValueTask<Reply?> ChangeAsync(string verb, string actor, ControlCall call, CancellationToken cancel)
    {
        switch (verb)
        {
            case "airlock":
                return await MoveAsync(actor, call, cancel).ConfigureAwait(false);
            case "task":
                return await BeginTaskAsync(actor, call, cancel).ConfigureAwait(false);
            case "release":
                await parts.States.ForgetAsync(actor, 0, cancel).ConfigureAwait(false);
                NoteRelease(actor, call.Caller);
                break;
            default:
                break;
        }

        // It may wait for a database, whose answer comes in on the thread that this runs on.
        await Task.Run(() => parts.Switch.Stop(actor, isStopped: verb == "terminate", call.Caller), CancellationToken.None).ConfigureAwait(false);
        return null;
    }

    /// <summary>Of one that was terminated the switch says it.</summary>
    private void NoteRelease(string actor, string by)
    {
        if (!parts.Switch.Stopped.Contains(actor))
        {
            parts.Note($"session {actor} released by {by}");
        }
    }

    private async ValueTask<Reply?> MoveAsync(string actor, ControlCall call, CancellationToken cancel)
    {
        if (call.Members("tier") is not { } said || !said.TryGetProperty("tier", out var word) || word.ValueKind != JsonValueKind.String || AdaptiveWords.TierOf(word.GetString()!) is not { } tier)
        {
            return ControlReply.Bad("Expected {\"tier\": \"none\"}, or soft, hard or drain.");
        }

        if (!await _states.MoveAsync(actor, tier, PolicyOf(actor), cancel).ConfigureAwait(false))
        {
            return ControlReply.Conflict("The airlock moves where sessions are scored: set adaptive_enforcement.enabled. 'terminate' stops a session without it.");
        }

        if (tier >= AirlockTier.Hard)
        {
            parts.Switch.CutOff(actor);
        }

        parts.Note($"airlock of session {actor}: {AdaptiveWords.Of(tier)} by {call.Caller}");
        return null;
    }

    private async ValueTask<Reply?> BeginTaskAsync(string actor, ControlCall call, CancellationToken cancel)
    {
        if (call.Members("label") is not { } said || !said.TryGetProperty("label", out var label) || label.ValueKind != JsonValueKind.String || label.GetString() is not { Length: > 0 and <= MaxLabel } text || text.Any(char.IsControl))
        {
            return ControlReply.Bad($"Expected {{\"label\": \"…\"}} of at most {MaxLabel} characters on one line.");
        }

        await _states.BeginTaskAsync(actor, cancel).ConfigureAwait(false);
        parts.Note($"session {actor} begins the task '{text}', by {call.Caller}");
        return null;
    }

    private SecurityPolicy PolicyOf(string actor) => parts.Policies.Current.For(AgentIdentity.AgentOf(actor)).Policy;

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

    private static void WriteStanding(Utf8JsonWriter writer, SessionStanding? standing)
    {
        if (standing is not { } at)
        {
            return;
        }

        writer.WriteString("level", AdaptiveWords.Of(at.Level));
        writer.WriteNumber("score", at.Score);
        writer.WriteNumber("next_level_at", at.NextLevelAt);
        writer.WriteString("airlock", AdaptiveWords.Of(at.Tier));
        if (at.TierEndsIn is { } left)
        {
            writer.WriteNumber("airlock_ends_in_seconds", (long)left.TotalSeconds);
        }
    }

    private void Explain(Utf8JsonWriter writer, Session session, SessionStanding? standing)
    {
        writer.WriteString("why", StateOf(session) switch
        {
            "halted" => "The kill switch is on: nothing of anybody passes.",
            "terminated" => "An operator terminated this session: nothing of it passes until it is released.",
            _ when standing is { IsHeld: true } => "This session was up to something, or an operator closed its airlock: it is judged by its level and its tier until their time is over or an operator releases it. Below is what did not pass as it was.",
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
