using Postern.Engine.Evidence;
using Postern.Engine.Flow;
using Postern.Engine.Policy;

namespace Postern.Transports.Telemetry;

/// <summary>The names of events in the log and in sinks: one table. People search and alert by them: add, never rename.</summary>
public static class EventNames
{
    /// <summary>Postern says something about itself.</summary>
    public const string Notice = "notice";

    /// <summary>A record could not be kept; from then on nothing passes.</summary>
    public const string EvidenceLost = "evidence_lost";

    /// <summary>Lines of the log found its queue full.</summary>
    public const string LogDropped = "log_dropped";

    // The first row stands for every kind that has none of its own.
    private static readonly (MessageKind Kind, string Allowed, string Blocked)[] s_table =
    [
        (MessageKind.Rpc, "message_allowed", "message_blocked"),
        (MessageKind.Request, "request_allowed", "request_blocked"),
        (MessageKind.Connect, "connect_allowed", "connect_blocked"),
        (MessageKind.Tunnel, "tunnel_allowed", "tunnel_blocked"),
        (MessageKind.Response, "response_allowed", "response_blocked"),
        (MessageKind.BodyWindow, "body_allowed", "body_blocked"),
        (MessageKind.Event, "event_allowed", "event_blocked"),
        (MessageKind.Trailers, "trailers_allowed", "trailers_blocked"),
        (MessageKind.Text, "text_allowed", "text_blocked"),
    ];

    /// <summary>Every name there is.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Notice, EvidenceLost, LogDropped, .. s_table.Select(static row => row.Allowed), .. s_table.Select(static row => row.Blocked)];

    /// <summary>The name of what a draft records.</summary>
    public static string Of(in EvidenceDraft draft)
    {
        if (!draft.Kind.IsOfTraffic())
        {
            return Notice;
        }

        var found = s_table[0];
        foreach (var row in s_table)
        {
            found = row.Kind == draft.Message ? row : found;
        }

        return draft.Effect is Effect.Allow or Effect.Redact ? found.Allowed : found.Blocked;
    }
}
