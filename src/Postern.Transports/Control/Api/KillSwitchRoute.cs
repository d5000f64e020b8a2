using System.Text.Json;
using Postern.Transports.Http;

namespace Postern.Transports.Control.Api;

/// <summary><c>killswitch</c>, <c>killswitch/status</c>: reads and turns the operator's source; the others stay as they are.</summary>
internal sealed class KillSwitchRoute(ControlParts parts) : IControlRoute
{
    /// <inheritdoc/>
    public async ValueTask<Reply?> AnswerAsync(ControlCall call, CancellationToken cancel) =>
        call.Path is not ("killswitch" or "killswitch/status") ? null
        : !call.IsPost ? State()
        : call.Path == "killswitch" ? await TurnAsync(call).ConfigureAwait(false)
        : ControlReply.Only("GET");

    /// <summary>Writes the state as members.</summary>
    public static void Write(Utf8JsonWriter writer, KillSwitch at)
    {
        writer.WriteBoolean("active", at.IsHalted);
        writer.WriteStartObject("sources");
        foreach (var source in Enum.GetValues<HaltSource>())
        {
            writer.WriteBoolean(source.ToString().ToLowerInvariant(), at.IsHeldBy(source));
        }

        writer.WriteEndObject();
    }

    private async Task<Reply> TurnAsync(ControlCall call)
    {
        if (call.Members("active") is not { } said || !said.TryGetProperty("active", out var active) || active.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            return ControlReply.Bad("Expected {\"active\": true} or {\"active\": false}.");
        }

        try
        {
            // It may wait for a database, whose answer comes in on the thread that this runs on.
            await Task.Run(() => parts.Switch.Set(active.GetBoolean(), call.Caller), CancellationToken.None).ConfigureAwait(false);
            return State();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Reply.Fault(500, "Not kept", "The file in Postern's home that holds the switch cannot be written or removed; see status for what holds in this run.");
        }
    }

    private Reply State() => ControlReply.Ok(writer => Write(writer, parts.Switch));
}
