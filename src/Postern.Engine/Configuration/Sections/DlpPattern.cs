using Postern.Engine.Configuration.Schema;
using Postern.Engine.Detection;

namespace Postern.Engine.Configuration.Sections;

/// <summary>A pattern of your own for secrets. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
public sealed record DlpPattern : ISection
{
    /// <summary>What findings call it.</summary>
    public string Name { get; init; } = "";

    /// <summary>What a secret looks like.</summary>
    public string Regex { get; init; } = "";

    /// <summary>How bad a finding is.</summary>
    public Severity Severity { get; init; } = Severity.High;

    /// <summary>A calculation that a match must pass too, so that other numbers of the same shape are left alone.</summary>
    public PatternCheck Validator { get; init; } = PatternCheck.None;

    /// <summary>Destinations whose URLs may hold a match.</summary>
    public IReadOnlyList<string> ExemptDomains { get; init; } = [];

    /// <summary>What a match does.</summary>
    public PatternAction Action { get; init; } = PatternAction.Block;

    static SectionSchema ISection.Schema => field ??= new(
        "A pattern of your own for secrets.",
        new Field<DlpPattern>("name", KindOf.Text(TextFormats.Line), Weakens.Never,
            s => s.Name, (s, v) => s with { Name = (string)v },
            "What findings call it; unique in the list.") { IsRequired = true },
        new Field<DlpPattern>("regex", KindOf.Text(TextFormats.Regex), Weakens.WhenChanged,
            s => s.Regex, (s, v) => s with { Regex = (string)v },
            "What a secret looks like. It runs without backtracking, so look-around and back references are not available.") { IsRequired = true },
        new Field<DlpPattern>("severity", Choices.Severity, Weakens.WhenRaised,
            s => s.Severity, (s, v) => s with { Severity = (Severity)v },
            "How bad a finding is. A pattern that blocks counts as high at least, since lower findings are only recorded."),
        new Field<DlpPattern>("validator", Choices.Check, Weakens.WhenChanged,
            s => s.Validator, (s, v) => s with { Validator = (PatternCheck)v },
            "A calculation that a match must pass too, so that other numbers of the same shape are left alone."),
        new Field<DlpPattern>("exempt_domains", KindOf.Texts(HostFormats.Host), Weakens.WhenGrown,
            s => s.ExemptDomains, (s, v) => s with { ExemptDomains = (IReadOnlyList<string>)v },
            "Destinations whose URLs may hold a match: it is recorded there. Headers and bodies are judged as everywhere."),
        new Field<DlpPattern>("action", Choices.Pattern, Weakens.WhenRaised,
            s => s.Action, (s, v) => s with { Action = (PatternAction)v },
            "What a match does. warn: it is recorded and never refuses."));
}
