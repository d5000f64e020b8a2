using System.Text;
using Postern.Engine.Editing;
using Postern.Engine.Evidence;
using Postern.Engine.Flow;
using Postern.Engine.Inspection;
using Postern.Engine.Mcp;

namespace Postern.Engine.Mediation;

/// <summary>
/// Says on what leaves that it was mediated, and which record tells more: in a header of HTTP, and in <c>_meta</c> of calls of tools on wires that
/// have no headers. It is added after the verdict, because it names the record, and holds nothing but Postern's own words.
/// </summary>
internal sealed class EnvelopeSeal(InspectorSeams seams)
{
    private const string Header = "Postern-Mediation";
    private const int HashBytes = 16;

    /// <summary>The message with its envelope; the same message where none belongs.</summary>
    /// <param name="exchange">Its conversation.</param>
    /// <param name="message">The message; given back when another stands in its place.</param>
    /// <param name="verdict">The verdict, as logs name it.</param>
    /// <param name="id">Its record.</param>
    public Message Seal(Exchange exchange, Message message, string verdict, EvidenceId id)
    {
        if (!exchange.Policy.Policy.Envelope.Enabled || message.Direction != Direction.Outbound || message.Kind is not (MessageKind.Request or MessageKind.Rpc))
        {
            return message;
        }

        var mcp = message.FactsRef.Mcp;
        if (message.Kind == MessageKind.Rpc && (mcp.Shape != RpcShape.Request || mcp.Tool.IsEmpty))
        {
            return message;
        }

        message.TryFind(PartKind.Method, out var method);
        var envelope = new Envelope(message.Kind == MessageKind.Rpc ? "tools/call" : Encoding.ASCII.GetString(message.Of(method)), verdict)
        {
            Record = id.ToString(),
            Policy = PolicyOf(exchange),
            Seconds = seams.Time.GetUtcNow().ToUnixTimeSeconds(),
        };
        var told = message.Kind == MessageKind.Rpc ? InMeta(message, envelope) : InHeaders(exchange, message, envelope);
        message.Dispose();
        return told;
    }

    /// <summary>A hash that is none belongs to a policy that no file holds.</summary>
    private static byte[] PolicyOf(Exchange exchange) =>
        exchange.Policy.Hash is { Length: 2 * 32 } hash ? Convert.FromHexString(hash.AsSpan(0, 2 * HashBytes)) : new byte[HashBytes];

    private static Message InMeta(Message message, Envelope envelope)
    {
        message.TryFind(PartKind.Body, out var body);
        var place = MetaPlace.In(message.Of(body));
        byte[] separator = place.IsEmpty ? [] : [(byte)','];
        byte[] member = place.Meta > 0 ? [.. envelope.Member, .. separator] : [.. "\"_meta\":{"u8, .. envelope.Member, (byte)'}', .. separator];
        var at = body.Start + (place.Meta > 0 ? place.Meta : place.Parameters);
        return EditedMessage.Of(message, [new Edit(at, at, member)]);
    }

    private Message InHeaders(Exchange exchange, Message message, Envelope envelope)
    {
        var header = envelope.Header;
        using var writer = new MessageWriter(message.Bytes.Length + 1024);
        writer.Copy(message.Bytes);
        foreach (ref readonly var part in message.Parts)
        {
            writer.Declare(part);
        }

        writer.Copy("\n"u8);
        writer.Header(Header, header);
        if (exchange.Policy.Policy.Envelope.Sign)
        {
            foreach (var (name, value) in EnvelopeSignature.Of(message, header, envelope.Seconds, seams.Signer ?? throw new InvalidOperationException("Signing was asked for, and there is no key.")))
            {
                writer.Header(name, value);
            }
        }

        return writer.Seal(message.Facts);
    }
}
