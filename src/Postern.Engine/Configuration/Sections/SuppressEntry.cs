using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>A finding that is known and accepted. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record SuppressEntry : ISection
{
    /// <summary>The rule's id, or the beginning of ids with a final *.</summary>
    public string Rule { get; init; } = "";

    /// <summary>Where.</summary>
    public string Path { get; init; } = "";

    /// <summary>Why it is accepted.</summary>
    public string Reason { get; init; } = "";

    /// <summary>To or from which host.</summary>
    public string Destination { get; init; } = "";

    /// <summary>Until when.</summary>
    public string Expires { get; init; } = "";

    static SectionSchema ISection.Schema => field ??= new(
        "A finding that is known and accepted.",
        new Field<SuppressEntry>("rule", KindOf.Text(TextFormats.Rule), Weakens.Never,
            s => s.Rule, (s, v) => s with { Rule = (string)v },
            "The rule's id, or the beginning of ids with a final *. Rules of the core floor refuse all the same.") { IsRequired = true },
        new Field<SuppressEntry>("path", KindOf.Text(TextFormats.Place), Weakens.Never,
            s => s.Path, (s, v) => s with { Path = (string)v },
            "Where: a host (*.example.com is every name below it, and itself), a URL without its query, or a place as findings print it, such as body$.memo. In URLs and places * stands for any run of characters, in URLs a final / for everything below.") { IsRequired = true },
        new Field<SuppressEntry>("reason", KindOf.Optional(TextFormats.Line), Weakens.Never,
            s => s.Reason, (s, v) => s with { Reason = (string)v },
            "Why it is accepted; the evidence repeats it."),
        new Field<SuppressEntry>("destination", KindOf.Optional(HostFormats.Host), Weakens.WhenChanged,
            s => s.Destination, (s, v) => s with { Destination = (string)v },
            "To or from which host (*.example.com is every name below it, and itself) it is accepted, where path names a place; empty for all."),
        new Field<SuppressEntry>("expires", KindOf.Optional(TextFormats.Date), Weakens.WhenChanged,
            s => s.Expires, (s, v) => s with { Expires = (string)v },
            "Until when it is accepted: the last day, in UTC, such as 2027-03-31; empty for no end. An entry that is over stops the start of the program and is announced on a reload.")) { IdentityKeys = 2 };
}
