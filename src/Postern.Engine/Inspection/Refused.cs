using Postern.Engine.Detection;
using Postern.Engine.Evidence;

namespace Postern.Engine.Inspection;

/// <summary>A message that does not pass, and what may be said about it. Never contains content.</summary>
/// <param name="Kind">What sort of refusal it is; transports choose their status by it.</param>
/// <param name="Decisive">The finding that decided; null when only a grant was missing.</param>
/// <param name="Evidence">The record; null when evidence could not be kept.</param>
/// <param name="Findings">Everything that was found, the decisive one included.</param>
public sealed record Refused(RefusalKind Kind, Finding? Decisive, EvidenceId? Evidence, IReadOnlyList<Finding> Findings)
{
    /// <summary>The stable id of the rule behind the refusal.</summary>
    public string RuleId => Decisive?.Rule.Id ?? OperationRules.NoGrant.Id;

    /// <summary>A sentence for people: what was refused and where.</summary>
    public string Detail => Decisive is null
        ? OperationRules.NoGrant.Title + "."
        : Decisive.Where.Length == 0 ? Decisive.Rule.Title + "." : Decisive.Rule.Title + " in " + Decisive.Where + ".";

    /// <summary>What to do next.</summary>
    public string Remedy => (Decisive?.Rule ?? OperationRules.NoGrant).Remedy;
}
