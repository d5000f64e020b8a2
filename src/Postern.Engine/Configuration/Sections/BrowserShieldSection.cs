using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>Rewriting of pages. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record BrowserShieldSection : ISection
{
    /// <summary>Whether pages are rewritten.</summary>
    public bool Enabled { get; init; }

    /// <summary>Whether what no reader sees is cut out.</summary>
    public bool StripHiddenTraps { get; init; } = true;

    /// <summary>Whether images of one pixel and calls ahead are cut out.</summary>
    public bool StripTrackingPixels { get; init; } = true;

    /// <summary>Hosts from which nothing is loaded.</summary>
    public IReadOnlyList<string> TrackingDomains { get; init; } = [];

    /// <summary>Origins whose pages stay as they are.</summary>
    public IReadOnlyList<string> ExemptDomains { get; init; } = [];

    static SectionSchema ISection.Schema => field ??= new(
        "Rewriting of HTML pages that are held whole, before an agent or its browser reads them. What is cut out is inspected first and recorded; what is left is inspected again.",
        new Field<BrowserShieldSection>("enabled", KindOf.Flag, Weakens.WhenLowered,
            s => s.Enabled, (s, v) => s with { Enabled = (bool)v },
            "Whether pages are rewritten. Off by default: a page that is not as its author wrote it may not work."),
        new Field<BrowserShieldSection>("strip_hidden_traps", KindOf.Flag, Weakens.WhenLowered,
            s => s.StripHiddenTraps, (s, v) => s with { StripHiddenTraps = (bool)v },
            "Whether what no reader sees is cut out: comments, and div, span, p and the like that are out of sight."),
        new Field<BrowserShieldSection>("strip_tracking_pixels", KindOf.Flag, Weakens.WhenLowered,
            s => s.StripTrackingPixels, (s, v) => s with { StripTrackingPixels = (bool)v },
            "Whether images of one pixel and calls ahead are cut out: img of one pixel, link elements that prefetch or connect."),
        new Field<BrowserShieldSection>("tracking_domains", KindOf.Texts(HostFormats.Domain), Weakens.WhenShrunk,
            s => s.TrackingDomains, (s, v) => s with { TrackingDomains = (IReadOnlyList<string>)v },
            "Hosts from which nothing is loaded, names below them included: the tags of images, scripts, frames and style sheets from there are cut out."),
        new Field<BrowserShieldSection>("exempt_domains", KindOf.Texts(HostFormats.Domain), Weakens.WhenGrown,
            s => s.ExemptDomains, (s, v) => s with { ExemptDomains = (IReadOnlyList<string>)v },
            "Origins whose pages stay as they are, names below them included."));
}
