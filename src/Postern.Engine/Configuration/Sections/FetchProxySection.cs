using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>The main listener, and what /fetch may do. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record FetchProxySection : ISection
{
    /// <summary>Where agents reach Postern.</summary>
    public string Listen { get; init; } = "127.0.0.1:8888";

    /// <summary>How long one /fetch may take from the first byte sent to the last byte read.</summary>
    public int TimeoutSeconds { get; init; } = 30;

    /// <summary>Largest response that /fetch turns into text.</summary>
    public int MaxResponseMb { get; init; } = 10;

    /// <summary>The User-Agent that /fetch sends.</summary>
    public string UserAgent { get; init; } = "Postern Fetch/1.0";

    /// <summary>Limits and lists for the destination of every request.</summary>
    public MonitoringSection Monitoring { get; init; } = new();

    static SectionSchema ISection.Schema => field ??= new(
        "The main listener, and what /fetch may do.",
        new Field<FetchProxySection>("listen", KindOf.Text(NetworkFormats.Listen), Weakens.WhenRaised,
            s => s.Listen, (s, v) => s with { Listen = (string)v },
            "Where agents reach Postern: forward proxy, CONNECT, /fetch, /health. Beyond loopback everybody who reaches the port acts as an agent.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<FetchProxySection>("timeout_seconds", KindOf.Whole(1, 3600, "seconds"), Weakens.Never,
            s => s.TimeoutSeconds, (s, v) => s with { TimeoutSeconds = (int)v },
            "How long one /fetch may take from the first byte sent to the last byte read. Forwarded requests and tunnels have limits of their own.") { NeedsRestart = true },
        new Field<FetchProxySection>("max_response_mb", KindOf.Whole(1, 1024, "MiB"), Weakens.Never,
            s => s.MaxResponseMb, (s, v) => s with { MaxResponseMb = (int)v },
            "Largest response that /fetch turns into text. /fetch holds the response whole, so 0 is an error; forwarded responses stream and are not bound by it.") { NeedsRestart = true },
        new Field<FetchProxySection>("user_agent", KindOf.Text(TextFormats.HeaderValue), Weakens.Never,
            s => s.UserAgent, (s, v) => s with { UserAgent = (string)v },
            "The User-Agent that /fetch sends.") { NeedsRestart = true },
        Nested.Of("monitoring", (FetchProxySection s) => s.Monitoring, (s, v) => s with { Monitoring = v },
            "Limits and lists for the destination of every request."));
}
