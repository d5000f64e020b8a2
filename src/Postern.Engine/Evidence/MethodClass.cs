namespace Postern.Engine.Evidence;

/// <summary>
/// What kind of act a method is: read, write, delegate, or unclassified. Only methods of this table are recorded by name. Any other
/// spelling is the agent's own text, which may hold a secret, and is recorded as <c>other</c>.
/// </summary>
internal static class MethodClass
{
    private static readonly Entry[] s_known =
    [
        new("GET", "read"),
        new("POST", "write"),
        new("CONNECT", "read"),
        new("HEAD", "read"),
        new("PUT", "write"),
        new("PATCH", "write"),
        new("DELETE", "write"),
        new("OPTIONS", "read"),
        new("TRACE", "read"),
        new("QUERY", "read"),
        new("SEARCH", "read"),
        new("REPORT", "read"),
        new("PROPFIND", "read"),
        new("PROPPATCH", "write"),
        new("MKCOL", "write"),
        new("COPY", "write"),
        new("MOVE", "write"),
        new("LOCK", "write"),
        new("UNLOCK", "write"),
        new("tools/call", "delegate"),
        new("tools/list", "read"),
        new("initialize", "read"),
        new("ping", "read"),
        new("resources/list", "read"),
        new("resources/read", "read"),
        new("resources/templates/list", "read"),
        new("resources/subscribe", "read"),
        new("resources/unsubscribe", "read"),
        new("prompts/list", "read"),
        new("prompts/get", "read"),
        new("roots/list", "read"),
        new("completion/complete", "read"),
        new("logging/setLevel", "write"),
        new("sampling/createMessage", "delegate"),
        new("elicitation/create", "delegate"),
        new("message/send", "delegate"),
        new("message/stream", "delegate"),
        new("server/discover", "read"),
        new("subscriptions/listen", "read"),
        new("notifications/initialized", "read"),
        new("notifications/cancelled", "write"),
        new("notifications/progress", "read"),
        new("notifications/message", "read"),
        new("notifications/tools/list_changed", "read"),
        new("notifications/prompts/list_changed", "read"),
        new("notifications/resources/list_changed", "read"),
        new("notifications/resources/updated", "read"),
        new("notifications/roots/list_changed", "read"),
        new("notifications/elicitation/complete", "read"),
        new("notifications/subscriptions/acknowledged", "read"),
        new("notifications/tasks", "read"),
        new("notifications/tasks/status", "read"),
        new("tasks/update", "write"),
        new("tasks/get", "read"),
        new("tasks/list", "read"),
        new("tasks/result", "read"),
        new("tasks/cancel", "write"),
        new("tasks/resubscribe", "read"),
    ];

    /// <summary>The class and the name to record; both empty-safe for a message without a method.</summary>
    public static (ReadOnlyMemory<byte> Action, ReadOnlyMemory<byte> Name) Of(ReadOnlySpan<byte> method)
    {
        if (method.IsEmpty)
        {
            return (Entry.Unclassified, ReadOnlyMemory<byte>.Empty);
        }

        foreach (var entry in s_known)
        {
            if (method.SequenceEqual(entry.Name))
            {
                return (entry.Action, entry.Name);
            }
        }

        return (Entry.Unclassified, Entry.Other);
    }

    private sealed class Entry(string name, string action)
    {
        public static readonly byte[] Unclassified = "unclassified"u8.ToArray();
        public static readonly byte[] Other = "other"u8.ToArray();

        public byte[] Name { get; } = System.Text.Encoding.ASCII.GetBytes(name);

        public byte[] Action { get; } = System.Text.Encoding.ASCII.GetBytes(action);
    }
}
