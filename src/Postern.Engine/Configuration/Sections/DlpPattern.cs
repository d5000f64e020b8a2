using Postern.Engine.Configuration.Schema;
using Postern.Engine.Detection;

namespace Postern.Engine.Configuration.Sections;

/// <summary>A pattern of your own for secrets. Units, ranges and reasons: <c>docs/configuration.md</c>, generated from the schema below.</summary>
/// <param name="Name">What findings call it.</param>
/// <param name="Regex">What a secret looks like.</param>
/// <param name="Severity">How bad a finding is.</param>
/// <param name="Validator">A calculation that a match must pass too, so that other numbers of the same shape are left alone.</param>
/// <param name="ExemptDomains">Destinations whose URLs may hold a match.</param>
/// <param name="Action">What a match does.</param>
public sealed record DlpPattern(
    string Name = "",
    string Regex = "",
    Severity Severity = Severity.High,
    PatternCheck Validator = PatternCheck.None,
    IReadOnlyList<string>? ExemptDomains = null,
    PatternAction Action = PatternAction.Block)
{
    /// <summary>Destinations whose URLs may hold a match.</summary>
    public IReadOnlyList<string> ExemptDomains { get; init; } = ExemptDomains ?? [];

    internal static SectionSchema Schema => field ??= new(
        "A pattern of your own for secrets.",
        static () => new DlpPattern(),
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
