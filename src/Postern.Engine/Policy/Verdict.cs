using Postern.Engine.Detection;

namespace Postern.Engine.Policy;

/// <summary>What the judge says about one message. The default value denies without a reason.</summary>
/// <param name="Effect">What happens.</param>
/// <param name="Observed">What enforcing would have done, when the policy only observes and that differs.</param>
/// <param name="Grant">Why it may pass; none for a refusal.</param>
/// <param name="Decisive">The finding that decided; null when nothing was found, or when only the grant is missing.</param>
public readonly record struct Verdict(Effect Effect, Effect? Observed, Grant Grant, Finding? Decisive);
