namespace Postern.Transports.Http;

/// <summary>How long an upstream may be silent while a forwarded request waits for it.</summary>
public sealed record UpstreamPatience
{
    /// <summary>From the last byte sent to the head of the response; default 300 s, zero waits for ever. Then the client gets a 504.</summary>
    public TimeSpan Head { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>Between two bytes of a response; default 300 s, zero waits for ever. Then it is a 504, or cut when its head has left.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(300);
}
