using Postern.Engine.Flow;
using Postern.Engine.Inspection;
using Postern.Engine.Mcp;

namespace Postern.Transports.Mcp;

/// <summary>
/// The checkpoint as one direction of a session meets it: a frame goes in, and what is cleared goes on. What is refused is answered
/// where an answer is owed: to whoever asked, and to whoever waits for what was asked.
/// </summary>
internal sealed class RpcGate(Inspector inspector, RpcSession session, RpcEnds ends)
{
    /// <summary>Takes a frame through. Completes synchronously when it is clean and short.</summary>
    public ValueTask PassAsync(in RpcFrame frame, ReadOnlySpan<byte> text, CancellationToken cancel)
    {
        var passage = session.Admit(frame, ends.Direction);
        var message = RpcMessages.Make(text, passage);
        return RuleAsync(passage, message, IsWelcome(passage) ? RpcReader.VersionOf(text) : null, cancel);
    }

    private async ValueTask RuleAsync(RpcPassage passage, Message message, string? revision, CancellationToken cancel)
    {
        var ruling = await inspector.InspectAsync(passage.Exchange, message, cancel).ConfigureAwait(false);
        if (!ruling.TryClear(out var cleared, out var refused))
        {
            var redirected = RedirectedCall.Of(passage, refused, message);
            message.Dispose();
            session.Refused(passage);
            if (redirected is not null && await redirected.AnswerAsync(inspector, cancel).ConfigureAwait(false) is { } answer)
            {
                await ends.Back.PassAsync(answer, cancel).ConfigureAwait(false);
                return;
            }

            await RefuseAsync(passage, refused, cancel).ConfigureAwait(false);
        }
        else if (passage.Frame.Fault == RpcFault.None)
        {
            session.Revision = revision ?? session.Revision;
            await ends.To.PassAsync(cleared, cancel).ConfigureAwait(false);
        }
        else
        {
            // A policy may overlook the fault; there is still no message that could be sent.
            message.Dispose();
        }
    }

    private async ValueTask RefuseAsync(RpcPassage passage, Refused refused, CancellationToken cancel)
    {
        var frame = passage.Frame;
        if (passage.Answers.Count > 0)
        {
            // Whoever asked waits for this answer; under its own id, as it wrote it.
            var waiting = passage.Answers.Select(static call => call.Asked).ToList();
            await ends.To.SayAsync(McpReply.Of(refused, waiting, frame.IsBatch), cancel).ConfigureAwait(false);
        }

        var asked = frame.Items.Where(static item => item.Shape == RpcShape.Request).ToList();
        if (asked.Count > 0)
        {
            await ends.Back.SayAsync(McpReply.Of(refused, asked, frame.IsBatch), cancel).ConfigureAwait(false);
        }
        else if (passage.Direction == Direction.Outbound && frame.Fault != RpcFault.None)
        {
            await ends.Back.SayAsync(McpReply.Unreadable(refused, frame.Whole), cancel).ConfigureAwait(false);
        }
    }

    /// <summary>The answer to initialize says what both sides speak from now on.</summary>
    private static bool IsWelcome(in RpcPassage passage) => passage.Direction == Direction.Inbound && passage.Facts.Shape == RpcShape.Result
        && passage.Facts.Method.Span.SequenceEqual(RpcMethods.Initialize);
}
