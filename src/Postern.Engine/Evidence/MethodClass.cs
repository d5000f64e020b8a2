namespace Postern.Engine.Evidence;

/// <summary>
/// What kind of act a method is: read, write, delegate, or unclassified. Only methods of this table are recorded by name. Any other
/// spelling is the agent's own text, which may hold a secret, and is recorded as <c>other</c>.
/// </summary>
internal static class MethodClass
{
    /// <summary>The commonest first: they are looked for one after another.</summary>
    private static readonly Entry[] s_known =
    [
        .. Named("read", "GET"),
        .. Named("write", "POST"),
        .. Named("read", "CONNECT HEAD OPTIONS TRACE QUERY SEARCH REPORT PROPFIND"),
        .. Named("write", "PUT PATCH DELETE PROPPATCH MKCOL COPY MOVE LOCK UNLOCK"),
        .. Named("delegate", "tools/call sampling/createMessage elicitation/create message/send message/stream"),
        .. Named("read",
            "tools/list initialize ping resources/list resources/read resources/templates/list resources/subscribe"
            + " resources/unsubscribe prompts/list prompts/get roots/list completion/complete server/discover subscriptions/listen"
            + " notifications/initialized notifications/progress notifications/message notifications/tools/list_changed"
            + " notifications/prompts/list_changed notifications/resources/list_changed notifications/resources/updated"
            + " notifications/roots/list_changed notifications/elicitation/complete notifications/subscriptions/acknowledged"
            + " notifications/tasks notifications/tasks/status tasks/get tasks/list tasks/result tasks/resubscribe"),
        .. Named("write", "logging/setLevel notifications/cancelled tasks/update tasks/cancel"),
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

    private static IEnumerable<Entry> Named(string action, string names) => names.Split(' ').Select(name => new Entry(name, action));

    private sealed class Entry(string name, string action)
    {
        public static readonly byte[] Unclassified = "unclassified"u8.ToArray();
        public static readonly byte[] Other = "other"u8.ToArray();

        public byte[] Name { get; } = System.Text.Encoding.ASCII.GetBytes(name);

        public byte[] Action { get; } = System.Text.Encoding.ASCII.GetBytes(action);
    }
}
