using Postern.Engine.Detection;
using Postern.Engine.Policy;

namespace Postern.Engine.Inspection;

/// <summary>One finding, as the person who is asked reads it.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="Title">What it looks for.</param>
/// <param name="Risk">Its severity, one of <see cref="VerdictNames"/>.</param>
/// <param name="Certainty">How likely it is true, one of <see cref="VerdictNames"/>.</param>
/// <param name="Where">The part it stands in.</param>
public sealed record ApprovalReason(string Rule, string Title, string Risk, string Certainty, string Where)
{
    /// <summary>Why, where the rule alone does not say it, such as what changed in a definition; empty when it does.</summary>
    public string Detail { get; init; } = string.Empty;

    /// <summary>What would make the question unnecessary.</summary>
    public string Remedy { get; init; } = string.Empty;

    internal static ApprovalReason Of(Finding finding) =>
        new(finding.Rule.Id, finding.Rule.Title, VerdictNames.Of(finding.Rule.Severity), VerdictNames.Of(finding.Confidence), finding.Where)
        {
            Detail = finding.Detail ?? string.Empty,
            Remedy = finding.Rule.Remedy,
        };
}
