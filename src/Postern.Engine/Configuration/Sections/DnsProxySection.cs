using Postern.Engine.Configuration.Schema;
using Postern.Engine.Monitoring;

namespace Postern.Engine.Configuration.Sections;

/// <summary>The DNS listener. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record DnsProxySection : ISection
{
    /// <summary>Where it listens.</summary>
    public string Listen { get; init; } = "";

    /// <summary>What a refused name is answered with.</summary>
    public DnsRefusal Refusal { get; init; } = DnsRefusal.Refused;

    /// <summary>How many names of one registrable domain a session may ask for.</summary>
    public int MaxNamesPerDomain { get; init; } = 64;

    static SectionSchema ISection.Schema => field ??= new(
        "The DNS listener: for clients that look names up themselves. It answers with addresses that were judged, and asks nobody but this machine's resolver.",
        new Field<DnsProxySection>("listen", KindOf.Optional(NetworkFormats.Listen), Weakens.WhenRaised,
            s => s.Listen, (s, v) => s with { Listen = (string)v },
            "Where it listens, with UDP and TCP. Not set: no DNS.") { IsOutsidePolicy = true, NeedsRestart = true },
        new Field<DnsProxySection>("refusal", KindOf.Choice(new("refused", DnsRefusal.Refused), new("nxdomain", DnsRefusal.NameError)), Weakens.Never,
            s => s.Refusal, (s, v) => s with { Refusal = (DnsRefusal)v },
            "What a refused name is answered with: refused says that somebody said no, nxdomain lets clients give up at once.") { NeedsRestart = true },
        new Field<DnsProxySection>("max_names_per_domain", KindOf.Whole(1, NameVolume.MaxNames, "names", "no limit"), Weakens.WhenRaised,
            s => s.MaxNamesPerDomain, (s, v) => s with { MaxNamesPerDomain = (int)v },
            "Different names of one registrable domain that a session may ask for in ten minutes; one more is refused (destination.names). Each name can carry data to whoever owns the domain.") { NeedsRestart = true });
}
