using Postern.Engine.Configuration.Schema;

namespace Postern.Engine.Configuration.Sections;

/// <summary>A finding that is known and accepted. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
/// <param name="Rule">The rule's id, or the beginning of ids with a final *.</param>
/// <param name="Path">Where.</param>
/// <param name="Reason">Why it is accepted.</param>
/// <param name="Destination">To or from which host.</param>
/// <param name="Expires">Until when.</param>
public sealed record SuppressEntry(
    string Rule = "",
    string Path = "",
    string Reason = "",
    string Destination = "",
    string Expires = "")
{
    internal static SectionSchema Schema => field ??= new(
        "A finding that is known and accepted.",
        static () => new SuppressEntry(),
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
