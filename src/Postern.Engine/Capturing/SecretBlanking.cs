using System.Runtime.InteropServices;
using Postern.Engine.Detection;
using Postern.Engine.Editing;
using Postern.Engine.Flow;
using Postern.Engine.Inspection;

namespace Postern.Engine.Capturing;

/// <summary>
/// Makes a copy of a message without its secrets, those that may leave included. What was replaced is looked at again: a copy in which
/// something is found still, or in which a secret is missing that was found before, is no copy.
/// </summary>
internal sealed class SecretBlanking(TimeProvider time)
{
    /// <summary>Looks at one message. A second finds what the first had no room for, and overlapping values; the last must find nothing.</summary>
    private const int MaxLooks = 4;

    /// <summary>The message itself when it has no secret, else a copy, the caller's to dispose; null when they cannot be replaced.</summary>
    public Message? Without(Exchange exchange, Message message, Scratch seen)
    {
        if (!seen.Findings.Exists(IsSecret))
        {
            return message;
        }

        var policy = exchange.Policy.Policy;
        var scratch = new Scratch(policy.Views, new SeenBodies()) { FingerprintKey = seen.FingerprintKey, Now = time.GetUtcNow() };
        var missing = seen.Findings.Where(IsSecret).Select(static finding => finding.Fingerprint).ToHashSet(StringComparer.Ordinal);
        var copy = message;
        for (var looks = 0; looks < MaxLooks; looks++)
        {
            scratch.Clear();
            ContentLook.Scan(exchange, copy, scratch, policy.Detectors);
            var secrets = scratch.Findings.FindAll(IsSecret);
            missing.ExceptWith(secrets.Select(static finding => finding.Fingerprint));
            if (secrets.Count == 0 && missing.Count == 0 && !scratch.LostHits)
            {
                return copy;
            }

            var plan = EditPlan.OfCopy(exchange, copy, secrets);
            if (secrets.Count == 0 || plan.Obstacle is not null)
            {
                break;
            }

            var next = EditedMessage.Of(copy, CollectionsMarshal.AsSpan(plan.Edits));
            Leave(copy, message);
            copy = next;
        }

        Leave(copy, message);
        return null;
    }

    private static bool IsSecret(Finding finding) => finding.Rule.Category == RuleCategory.Secret;

    private static void Leave(Message copy, Message message)
    {
        if (copy != message)
        {
            copy.Dispose();
        }
    }
}
