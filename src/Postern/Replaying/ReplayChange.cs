using Postern.Engine.Policy;

namespace Postern.Program.Replaying;

/// <summary>Rulings that would be different for the same reason.</summary>
/// <param name="Rule">The rule that decides now or decided then; empty when a grant is what is missing.</param>
/// <param name="Before">What was decided; what enforcing would have decided, where the policy only observed.</param>
/// <param name="After">What would be decided.</param>
internal sealed record ReplayChange(string Rule, Effect Before, Effect After)
{
    /// <summary>True when something that did not pass would pass.</summary>
    public bool Opens => (Before is Effect.Deny or Effect.Ask) && (After is Effect.Allow or Effect.Redact);
}
