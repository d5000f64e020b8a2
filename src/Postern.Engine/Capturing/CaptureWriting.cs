using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Text.Json;
using Postern.Engine.Evidence;
using Postern.Engine.Flow;

namespace Postern.Engine.Capturing;

/// <summary>
/// Writes a capture: the record's line, what a message is made of besides its bytes, and the bytes. Two lengths of four bytes, big-endian,
/// say where the first two end.
/// </summary>
internal readonly struct CaptureWriting(Message message, CaptureContent content, int bytes)
{
    /// <summary>The bytes of a length.</summary>
    public const int LengthBytes = sizeof(int);

    /// <summary>The whole capture.</summary>
    public byte[] Write(Exchange exchange, IPAddress[]? addresses, in EvidenceDraft draft, in RecordStamp stamp)
    {
        var buffer = new ArrayBufferWriter<byte>(RecordEncoder.MaxBytes(draft) + bytes + 1024);
        Span<byte> previous = stackalloc byte[MerkleTree.HashBytes];
        previous.Clear();
        var room = buffer.GetSpan(LengthBytes + RecordEncoder.MaxBytes(draft));
        var length = RecordEncoder.Write(draft, stamp, previous, room[LengthBytes..]);
        BinaryPrimitives.WriteInt32BigEndian(room, length);
        buffer.Advance(LengthBytes + length);

        var start = buffer.WrittenCount;
        buffer.Write("\0\0\0\0"u8);
        using (var json = new Utf8JsonWriter(buffer))
        {
            WriteHead(json, exchange, addresses);
        }

        if (content != CaptureContent.Withheld)
        {
            buffer.Write(message.Bytes[..bytes]);
        }

        var capture = buffer.WrittenSpan.ToArray();
        var head = capture.Length - start - LengthBytes - (content == CaptureContent.Withheld ? 0 : bytes);
        BinaryPrimitives.WriteInt32BigEndian(capture.AsSpan(start), head);
        return capture;
    }

    private void WriteHead(Utf8JsonWriter json, Exchange exchange, IPAddress[]? addresses)
    {
        var facts = message.Facts;
        json.WriteStartObject();
        json.WriteString("content", content.ToString());
        json.WriteNumber("bytes", message.Bytes.Length);
        json.WriteString("agent", exchange.Identity.Agent);
        json.WriteString("claim", exchange.Identity.Claim);
        json.WriteBoolean("reads_tunnel", exchange.ReadsTunnel);
        json.WriteBoolean("resolved", addresses is not null);
        json.WriteStartArray("addresses");
        foreach (var address in addresses ?? [])
        {
            json.WriteStringValue(address.ToString());
        }

        json.WriteEndArray();
        WriteFacts(json, facts);
        json.WriteStartArray("parts");
        foreach (ref readonly var part in content is CaptureContent.Whole or CaptureContent.Replaced ? message.Parts : default)
        {
            json.WriteNumberValue((int)part.Kind);
            json.WriteNumberValue(part.Start);
            json.WriteNumberValue(part.Length);
            json.WriteNumberValue(part.NameStart);
            json.WriteNumberValue(part.NameLength);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>What was read out of the message, unless it is gone from the copy: it may be what was replaced.</summary>
    private ReadOnlySpan<byte> Kept(ReadOnlyMemory<byte> read) =>
        content == CaptureContent.Whole || (content == CaptureContent.Replaced && message.Bytes.IndexOf(read.Span) >= 0) ? read.Span : default;

    private void WriteFacts(Utf8JsonWriter json, in MessageFacts facts)
    {
        json.WriteString("type", facts.Content.ToString());
        json.WriteString("media_label", facts.Media?.Label ?? string.Empty);
        json.WriteString("media_format", facts.Media?.Format?.Name ?? string.Empty);
        json.WriteBoolean("media", facts.Media is not null);
        json.WriteString("charset", facts.Charset is null ? string.Empty : facts.Charset.Encoding?.WebName ?? "unknown");
        json.WriteNumber("obstacles", (uint)facts.Obstacles);
        json.WriteNumber("status", facts.Status);
        json.WriteNumber("held_back", facts.HeldBack);
        json.WriteNumber("lead", facts.Lead);
        json.WriteBoolean("whole", facts.Whole);
        json.WriteBoolean("last", facts.Last);
        json.WriteBoolean("keeps_length", facts.KeepsLength);
        json.WriteBoolean("fixed", facts.IsFixed);
        json.WriteBase64String("boundary", Kept(facts.Boundary));
        json.WriteString("rpc", facts.Mcp.Shape.ToString());
        json.WriteBase64String("method", Kept(facts.Mcp.Method));
        json.WriteBase64String("tool", Kept(facts.Mcp.Tool));
    }
}
