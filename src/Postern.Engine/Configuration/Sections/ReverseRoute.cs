using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>Servers behind the reverse proxy. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record ReverseRoute : ISection
{
    /// <summary>Which Host headers.</summary>
    public string Host { get; init; } = "";

    /// <summary>Which paths.</summary>
    public string Path { get; init; } = "/";

    /// <summary>The servers.</summary>
    public IReadOnlyList<string> Upstreams { get; init; } = [];

    /// <summary>What a healthy server answers with 2xx or 3xx.</summary>
    public string HealthPath { get; init; } = "";

    static SectionSchema ISection.Schema => field ??= new(
        "Servers behind the reverse proxy, by host and path.",
        new Field<ReverseRoute>("host", KindOf.Optional(HostFormats.Host), Weakens.WhenChanged,
            s => s.Host, (s, v) => s with { Host = (string)v },
            "Which Host headers: a name, or *.example.com for every name below it and itself; not set: all.") { NeedsRestart = true },
        new Field<ReverseRoute>("path", KindOf.Text(NetworkFormats.PathPrefix), Weakens.WhenChanged,
            s => s.Path, (s, v) => s with { Path = (string)v },
            "Which paths: those that begin with this one, whole segments only.") { NeedsRestart = true },
        new Field<ReverseRoute>("upstreams", KindOf.Texts(NetworkFormats.Upstream), Weakens.WhenChanged,
            s => s.Upstreams, (s, v) => s with { Upstreams = (IReadOnlyList<string>)v },
            "The servers, which take turns. A URL with a path puts it in the place of the route's own; one without keeps the path as it came.") { IsRequired = true, NeedsRestart = true },
        new Field<ReverseRoute>("health_path", KindOf.Optional(NetworkFormats.PathPrefix), Weakens.Never,
            s => s.HealthPath, (s, v) => s with { HealthPath = (string)v },
            "What a healthy server answers with 2xx or 3xx. Not set: a server is healthy until an exchange with it fails.") { NeedsRestart = true }) { IdentityKeys = 2 };
}
