using System.Buffers.Binary;
using System.Net;
using System.Text;
using System.Text.Json;
using Postern.Engine.Agents;
using Postern.Engine.Detection.Destination;
using Postern.Engine.Evidence;
using Postern.Engine.Flow;
using Postern.Engine.Policy;

namespace Postern.Engine.Capturing;

/// <summary>A message that was ruled on, as it was kept: enough to have it judged anew.</summary>
public sealed class Capture
{
    private readonly CaptureHead _head;
    private readonly ReadOnlyMemory<byte> _bytes;

    private Capture(EvidenceRecord record, CaptureHead head, ReadOnlyMemory<byte> bytes) => (Record, _head, _bytes) = (record, head, bytes);

    /// <summary>What the record said; its id is all zeros for a piece of a stream that has no record of its own.</summary>
    public EvidenceRecord Record { get; }

    /// <summary>What is here of the message.</summary>
    public CaptureContent Content => _head.Content;

    /// <summary>The bytes that are here.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>What the destination's name resolved to; null when nobody asked.</summary>
    public IReadOnlyList<IPAddress>? Addresses => _head.Addresses;

    /// <summary>Reads what <see cref="ICapture.Take"/> was given; null for what is no capture of this version.</summary>
    public static Capture? Read(ReadOnlyMemory<byte> capture)
    {
        try
        {
            var record = Section(ref capture);
            using var head = JsonDocument.Parse(Section(ref capture));
            return EvidenceRecord.Read(record) is { } known && new CaptureHead(head.RootElement, known.Draft) is var read && read.Fits(capture.Length)
                ? new Capture(known, read, capture)
                : null;
        }
        catch (Exception broken) when (broken is JsonException or FormatException or InvalidOperationException or KeyNotFoundException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The message; the caller owns it.</summary>
    /// <exception cref="InvalidOperationException">Not all of it is here.</exception>
    public Message MakeMessage()
    {
        if (Content < CaptureContent.Replaced)
        {
            throw new InvalidOperationException("The capture does not hold the whole message.");
        }

        using var writer = new MessageWriter(Math.Max(1, _bytes.Length));
        writer.Copy(_bytes.Span);
        foreach (var part in _head.Parts)
        {
            writer.Declare(part);
        }

        return writer.Seal(_head.Facts);
    }

    /// <summary>The conversation as it stood before this message, under another policy.</summary>
    public Exchange MakeExchange(PolicySnapshot policy)
    {
        var draft = Record.Draft;
        var exchange = new Exchange(new AgentIdentity(draft.Actor, _head.Agent) { Claim = _head.Claim }, draft.Transport, policy) { Server = draft.Server };
        return Adopt(exchange);
    }

    /// <summary>Gives a conversation what this message's stood on: where it goes, unless the message itself says that.</summary>
    public Exchange Adopt(Exchange exchange)
    {
        ArgumentNullException.ThrowIfNull(exchange);
        exchange.ReadsTunnel = _head.ReadsTunnel;
        if (_head.Facts.Kind is not (MessageKind.Request or MessageKind.Connect or MessageKind.Lookup) && exchange.Destination is null)
        {
            exchange.Destination = DestinationOf(exchange.Policy);
        }

        return exchange;
    }

    private JudgedDestination? DestinationOf(PolicySnapshot policy)
    {
        var origin = Encoding.ASCII.GetString(Record.Draft.Destination);
        var end = origin.IndexOf("://", StringComparison.Ordinal);
        if (end < 0 || _head.Addresses is not { Length: > 0 } addresses)
        {
            return null;
        }

        var scheme = origin[..end];
        return Authority.TryParse(Encoding.ASCII.GetBytes(origin[(end + 3)..]), scheme == "https" ? 443 : 80, out var authority, out _)
            ? new JudgedDestination(scheme, authority, PublicSuffixes.RegistrableDomain(authority.Host).ToArray(), addresses, policy)
            : null;
    }

    private static ReadOnlyMemory<byte> Section(ref ReadOnlyMemory<byte> rest)
    {
        var length = BinaryPrimitives.ReadInt32BigEndian(rest.Span);
        var section = rest.Slice(CaptureWriting.LengthBytes, length);
        rest = rest[(CaptureWriting.LengthBytes + length)..];
        return section;
    }
}
