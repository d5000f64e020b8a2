using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>The ICAP listener. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record IcapSection : ISection
{
    /// <summary>Where it listens.</summary>
    public string Listen { get; init; } = "";

    static SectionSchema ISection.Schema => field ??= new(
        "The ICAP listener: for a proxy that is there already and shows what it carries (RFC 3507). Services /reqmod and /respmod.",
        new Field<IcapSection>("listen", KindOf.Optional(NetworkFormats.Listen), Weakens.WhenRaised,
            s => s.Listen, (s, v) => s with { Listen = (string)v },
            "Where it listens. Not set: no ICAP. The proxy that connects is the agent that acts; nobody else needs to reach it.") { IsOutsidePolicy = true, NeedsRestart = true });
}
