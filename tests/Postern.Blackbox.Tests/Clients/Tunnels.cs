namespace Postern.Blackbox.Tests.Clients;

/// <summary>What the evidence says about tunnels that were not opened.</summary>
internal static class Tunnels
{
    /// <summary>The unread bytes of each tunnel that ended.</summary>
    public static long[] Closed(Stage stage) =>
    [
        .. stage.Evidence()
            .Where(static record => record.GetProperty("kind").GetString() == "close" && record.GetProperty("message").GetString() == "tunnel")
            .Select(static record => record.GetProperty("opaque").GetInt64()),
    ];
}
