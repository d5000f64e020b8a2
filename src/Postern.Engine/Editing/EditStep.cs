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
            scratch.Findings.Add(new Finding(OperationRules.NotEdited, Confidence.Certain, plan.Obstacle.Where, string.Empty, -1, 0, string.Empty));
            return (message, new Verdict(Effect.Deny, null, Grant.None, plan.Obstacle));
        }

        if (plan.Findings.Count == 0)
        {
            return (message, verdict);
        }

        // A border alone changes nothing that leaves, so the message stays what it is; it is looked at again all the same.
        var edited = EditedMessage.Of(message, CollectionsMarshal.AsSpan(plan.Edits));
        scratch.Findings.Clear();
        look.Run(exchange, edited, scratch);
        scratch.Findings.InsertRange(0, plan.Findings);
        if (plan.ChangesWhatLeaves)
        {
            scratch.Original = message;
        }
        else
        {
            edited.Dispose();
            edited = message;
        }

        var second = Judge.Decide(exchange.Policy.Policy, message.Direction, CollectionsMarshal.AsSpan(scratch.Findings), verdict.Grant);
        return (edited, second.Effect == Effect.Redact ? new Verdict(Effect.Deny, null, Grant.None, second.Decisive) : second);
    }
}
