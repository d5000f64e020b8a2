using System.Runtime.InteropServices;
using Postern.Engine.Detection;
using Postern.Engine.Flow;
using Postern.Engine.Inspection;
using Postern.Engine.Policy;

namespace Postern.Engine.Editing;

/// <summary>
/// The step between two judgements: what the policy wants edited out is edited out, and the message made of it is looked at and
/// judged like any other. Once only: what is still found then, and what cannot be edited exactly, is refused.
/// </summary>
internal sealed class EditStep(ContentLook look)
{
    /// <summary>The message that goes on, and the verdict on it; those that came in when nothing is to be edited.</summary>
    public (Message Message, Verdict Verdict) Run(Exchange exchange, Message message, Scratch scratch, in Verdict verdict)
    {
        var plan = EditPlan.Of(exchange, message, scratch.Findings);
        if (plan.Obstacle is not null)
        {
            return (message, Refuse(scratch, plan.Obstacle));
        }

        if (plan.Findings.Count + scratch.Rewrites.Count == 0)
        {
            return (message, verdict);
        }

        if (Rewrites.Merge(plan.Edits, scratch.Rewrites) is not { } edits)
        {
            return (message, Refuse(scratch, plan.Findings[0]));
        }

        // A border alone changes nothing that leaves, so the message stays what it is; it is looked at again all the same.
        var changesWhatLeaves = plan.ChangesWhatLeaves || scratch.Rewrites.Count > 0;
        var edited = EditedMessage.Of(message, CollectionsMarshal.AsSpan(edits));
        plan.Findings.AddRange(scratch.Findings.Where(static finding => finding.Acceptance == Acceptance.Edited));
        scratch.Findings.Clear();
        look.Run(exchange, edited, scratch);
        scratch.Findings.InsertRange(0, plan.Findings);
        if (changesWhatLeaves)
        {
            scratch.Original = message;
        }
        else
        {
            edited.Dispose();
            edited = message;
        }

        if (scratch.Rewrites.Count > 0)
        {
            return (edited, Refuse(scratch, scratch.Findings[^1]));
        }

        var second = Judge.Decide(exchange.Policy.Policy, message.Direction, CollectionsMarshal.AsSpan(scratch.Findings), verdict.Grant);
        return (edited, second.Effect == Effect.Redact ? new Verdict(Effect.Deny, null, Grant.None, second.Decisive) : second);
    }

    private static Verdict Refuse(Scratch scratch, Finding left)
    {
        scratch.Findings.Add(Finding.At(left.Where, OperationRules.NotEdited, Confidence.Certain));
        return new Verdict(Effect.Deny, null, Grant.None, left);
    }
}
