using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>Limits and lists for the destination of a request. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record MonitoringSection : ISection
{
    private static readonly string[] s_defaultBlocklist =
    [
        "*.pastebin.com",
        "*.hastebin.com",
        "*.paste.ee",
        "*.transfer.sh",
        "*.file.io",
        "*.requestbin.com",
    ];

    /// <summary>Longest URL that is accepted.</summary>
    public int MaxUrlLength { get; init; } = 2048;

    /// <summary>How random a path segment, query key or query value of 20 characters or more may look.</summary>
    public double EntropyThreshold { get; init; } = 4.5;

    /// <summary>How random a host label of 8 characters or more may look.</summary>
    public double SubdomainEntropyThreshold { get; init; } = 4.0;

    /// <summary>How many requests one registrable domain may get in any 60 seconds.</summary>
    public int MaxRequestsPerMinute { get; init; } = 1200;

    /// <summary>How many bytes may go to one registrable domain in any 60 seconds.</summary>
    public long MaxDataPerMinute { get; init; }

    /// <summary>Destinations that are always refused, also when api_allowlist names them.</summary>
    public IReadOnlyList<string> Blocklist { get; init; } = s_defaultBlocklist;

    /// <summary>Domains whose host labels and paths may look random, such as storage buckets.</summary>
    public IReadOnlyList<string> SubdomainEntropyExclusions { get; init; } = [];

    static SectionSchema ISection.Schema => field ??= new(
        "Limits and lists for the destination of every request, on every transport.",
        new Field<MonitoringSection>("max_url_length", KindOf.Whole(16, 65536, "bytes"), Weakens.WhenRaised,
            s => s.MaxUrlLength, (s, v) => s with { MaxUrlLength = (int)v },
            "Longest URL that is accepted. It is checked first, so that a long URL costs nothing; 0 is an error, because an unbounded URL is a channel of its own."),
        new Field<MonitoringSection>("entropy_threshold", KindOf.Ratio(1, 8, "bits per character", "the check is off"), Weakens.WhenRaised,
            s => s.EntropyThreshold, (s, v) => s with { EntropyThreshold = (double)v },
            "How random a path segment, query key or query value of 20 characters or more may look. Exactly the threshold is allowed."),
        new Field<MonitoringSection>("subdomain_entropy_threshold", KindOf.Ratio(1, 8, "bits per character", "the check is off"), Weakens.WhenRaised,
            s => s.SubdomainEntropyThreshold, (s, v) => s with { SubdomainEntropyThreshold = (double)v },
            "How random a host label of 8 characters or more may look. Names leak through DNS even when the request is refused, so this is checked before any lookup."),
        new Field<MonitoringSection>("max_requests_per_minute", KindOf.Whole(1, 1000000, "requests per minute and registrable domain", "unlimited"), Weakens.WhenRaised,
            s => s.MaxRequestsPerMinute, (s, v) => s with { MaxRequestsPerMinute = (int)v },
            "How many requests one registrable domain may get in any 60 seconds; more are answered with 429. Twenty a second let a package manager install a large tree; the content checks, not this limit, stop a leak."),
        new Field<MonitoringSection>("max_data_per_minute", KindOf.Bytes(1, 1L << 40, "unlimited"), Weakens.WhenRaised,
            s => s.MaxDataPerMinute, (s, v) => s with { MaxDataPerMinute = (long)v },
            "How many bytes may go to one registrable domain in any 60 seconds; more are answered with 429."),
        new Field<MonitoringSection>("blocklist", KindOf.Texts(HostFormats.Host), Weakens.WhenShrunk,
            s => s.Blocklist, (s, v) => s with { Blocklist = (IReadOnlyList<string>)v },
            "Destinations that are always refused, also when api_allowlist names them. A list in your file replaces this one: repeat the entries you want to keep."),
        new Field<MonitoringSection>("subdomain_entropy_exclusions", KindOf.Texts(HostFormats.Domain), Weakens.WhenGrown,
            s => s.SubdomainEntropyExclusions, (s, v) => s with { SubdomainEntropyExclusions = (IReadOnlyList<string>)v },
            "Domains whose host labels and paths may look random, such as storage buckets. Query strings are still checked."));
}
