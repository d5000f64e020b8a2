using Postern.Engine.Detection;
using Postern.Engine.Flow;
using Postern.Engine.Policy;

namespace Postern.Program.Judging;

/// <summary>What the inspector would have done with a message.</summary>
/// <param name="Effect">What happens; a refusal for want of a person's approval is <see cref="Effect.Ask"/>.</param>
/// <param name="Observed">What enforcing would have done, when the policy only observes and that differs.</param>
/// <param name="Decisive">The finding that decided a refusal; null when nothing refused, or when only a grant is missing.</param>
/// <param name="Findings">Everything that was found.</param>
/// <param name="Direction">Which way the message travels.</param>
internal sealed record OfflineVerdict(Effect Effect, Effect? Observed, Finding? Decisive, Finding[] Findings, Direction Direction)
{
    /// <summary>True when the message would not pass as it is.</summary>
    public bool IsObjection => Effect != Effect.Allow;

    /// <summary>The word for it.</summary>
    public string Name => VerdictNames.Of(Effect, Findings.Length > 0);

    /// <summary>0 when nothing was found, else the worst finding's severity times its confidence, at most 1.</summary>
    public double Score
    {
        get
        {
            var worst = 0.0;
            foreach (var finding in Findings)
            {
                if (finding.Acceptance is Acceptance.None or Acceptance.Edited)
                {
                    worst = Math.Max(worst, ((int)finding.Rule.Severity + 1) * ((int)finding.Confidence + 1) / 16.0);
                }
            }

            return worst;
        }
    }
}
