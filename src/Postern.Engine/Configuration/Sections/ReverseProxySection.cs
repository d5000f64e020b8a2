using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>The reverse proxy. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record ReverseProxySection : ISection
{
    /// <summary>Where it listens.</summary>
    public string Listen { get; init; } = "";

    /// <summary>What stands behind it.</summary>
    public string Upstream { get; init; } = "";

    /// <summary>What stands behind single hosts and paths.</summary>
    public IReadOnlyList<ReverseRoute> Routes { get; init; } = [];

    /// <summary>How long a server that failed is left alone.</summary>
    public int FailSeconds { get; init; } = 10;

    static SectionSchema ISection.Schema => field ??= new(
        "The reverse proxy: servers of your own behind the checkpoint, such as an LLM gateway or an agent's backend.",
        new Field<ReverseProxySection>("listen", KindOf.Optional(NetworkFormats.Listen), Weakens.WhenRaised,
            s => s.Listen, (s, v) => s with { Listen = (string)v },
            "Where it listens, for HTTP/1.1 and HTTP/2 without TLS. Not set: no reverse proxy.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<ReverseProxySection>("upstream", KindOf.Optional(NetworkFormats.Upstream), Weakens.WhenChanged,
            s => s.Upstream, (s, v) => s with { Upstream = (string)v },
            "What stands behind it where no route fits. Like every server named here it may be reached wherever it is, on this machine too; everything else is judged as in the forward proxy.") { NeedsRestart = true },
        new Field<ReverseProxySection>("routes", KindOf.Items<ReverseRoute>(), Weakens.WhenGrown,
            s => s.Routes, (s, v) => s with { Routes = (IReadOnlyList<ReverseRoute>)v },
            "What stands behind single hosts and paths. The longest path that fits wins, then the closest host.") { NeedsRestart = true },
        new Field<ReverseProxySection>("fail_seconds", KindOf.Whole(1, 3600, "seconds"), Weakens.Never,
            s => s.FailSeconds, (s, v) => s with { FailSeconds = (int)v },
            "How long a server that failed is left alone while another of its route answers; and how often health_path is asked.") { NeedsRestart = true });
}
