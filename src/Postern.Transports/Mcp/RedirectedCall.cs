using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Postern.Engine.Flow;
using Postern.Engine.Inspection;
using Postern.Engine.Mcp;
using Postern.Engine.Policy;

namespace Postern.Transports.Mcp;

/// <summary>A call that the policy refuses and has a program of the operator's answer. The answer is inspected like one of the server's.</summary>
/// <param name="Redirect">The program.</param>
/// <param name="Passage">The call.</param>
/// <param name="Text">The call as it came; a copy.</param>
internal sealed record RedirectedCall(Redirect Redirect, RpcPassage Passage, byte[] Text)
{
    /// <summary>The redirected call, or null when the refusal is final.</summary>
    public static RedirectedCall? Of(in RpcPassage passage, Refused refused, Message message) =>
        passage.Frame is { IsBatch: false, Fault: RpcFault.None, Whole.Shape: RpcShape.Request }
        && passage.Exchange.Policy.Policy.RedirectOf(refused.RuleId) is { } redirect
            ? new RedirectedCall(redirect, passage, message.ReleasableBody.ToArray())
            : null;

    /// <summary>The answer in place of the refusal; null when the program failed or what it printed does not pass.</summary>
    public async ValueTask<Cleared?> AnswerAsync(Inspector inspector, CancellationToken cancel)
    {
        if (await RedirectProgram.RunAsync(Redirect, Text, cancel).ConfigureAwait(false) is not { } output)
        {
            return null;
        }

        var message = MessageOf(output);
        var ruling = await inspector.InspectAsync(Passage.Exchange, message, cancel).ConfigureAwait(false);
        if (ruling.TryClear(out var cleared, out _))
        {
            return cleared;
        }

        message.Dispose();
        return null;
    }

    private Message MessageOf(string output)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WriteString("jsonrpc"u8, "2.0"u8);
            Passage.Frame.Whole.Id.WriteTo(writer);
            writer.WriteStartObject("result"u8);
            writer.WriteStartArray("content"u8);
            writer.WriteStartObject();
            writer.WriteString("type"u8, "text"u8);
            writer.WriteString("text"u8, output);
            writer.WriteEndObject();
            writer.WriteEndArray();
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        var facts = RpcSession.FactsOf(new RpcEnvelope(RpcShape.Result, Passage.Frame.Whole.Id), new RpcCall(Passage.Exchange, Passage.Frame.Whole));
        return RpcMessages.Make(text.WrittenSpan, Passage with { Direction = Direction.Inbound, Facts = facts, Obstacles = Obstacle.None });
    }
}
