using Postern.Engine.Evidence;
using Postern.Engine.Flow;
using Postern.Engine.Inspection;

namespace Postern.Engine.Capturing;

/// <summary>Copies what was ruled on: the message as it came, and what the record says of it.</summary>
internal sealed class CaptureStep(InspectorSeams seams, CaptureTerms terms)
{
    private readonly SecretBlanking _blanking = new(seams.Time);

    /// <summary>Copies a message whose record was kept.</summary>
    /// <param name="exchange">The conversation.</param>
    /// <param name="message">What goes on.</param>
    /// <param name="scratch">What was found; the message that came in, where another goes on in its place.</param>
    /// <param name="draft">What the record says.</param>
    /// <param name="id">Which record; default for a piece of a stream that its next record covers.</param>
    public void Run(Exchange exchange, Message message, Scratch scratch, in EvidenceDraft draft, EvidenceId id)
    {
        foreach (var finding in draft.Findings)
        {
            // Nobody looked at it, or not to the end: what is in it nobody knows.
            if (OperationRules.IsCircumstance(finding.Rule))
            {
                return;
            }
        }

        message = scratch.Original ?? message;
        var copy = terms.IsRaw ? message : _blanking.Without(exchange, message, scratch);
        var content = copy is null ? CaptureContent.Withheld
            : copy.Bytes.Length > terms.MaxMessageBytes ? CaptureContent.Cut
            : copy == message ? CaptureContent.Whole : CaptureContent.Replaced;
        try
        {
            var writer = new CaptureWriting(copy ?? message, content, Math.Min((copy ?? message).Bytes.Length, terms.MaxMessageBytes));
            var addresses = scratch.Addresses ?? exchange.Destination?.Addresses;
            seams.Captures.Take(writer.Write(exchange, addresses, draft, new RecordStamp(id.Chain, id.Sequence, seams.Time.GetUtcNow())));
        }
        finally
        {
            if (copy != message)
            {
                copy?.Dispose();
            }
        }
    }
}
