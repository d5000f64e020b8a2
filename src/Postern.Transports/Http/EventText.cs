using System.Buffers;
using Postern.Engine.Flow;

namespace Postern.Transports.Http;

/// <summary>Writes a server-sent event from its fields (WHATWG HTML §9.2.6).</summary>
internal static class EventText
{
    /// <summary>The event's text, its blank line included; nothing for an event without fields.</summary>
    public static ReadOnlyMemory<byte> Render(Message message)
    {
        var text = new ArrayBufferWriter<byte>(message.Bytes.Length + 64);
        var onlyComments = true;
        foreach (ref readonly var part in message.Parts)
        {
            if (part.Kind != PartKind.HeaderValue)
            {
                continue;
            }

            onlyComments &= part.NameLength == 0;
            text.Write(message.NameOf(part));
            text.Write(part.NameLength == 0 ? ":"u8 : ": "u8);
            text.Write(message.Of(part));
            text.Write("\n"u8);
        }

        if (message.TryFind(PartKind.Body, out _))
        {
            onlyComments = false;
            Data(message.ReleasableBody.Span, text);
        }

        if (text.WrittenCount > 0 && !onlyComments)
        {
            text.Write("\n"u8);
        }

        return text.WrittenMemory;
    }

    private static void Data(ReadOnlySpan<byte> data, ArrayBufferWriter<byte> text)
    {
        foreach (var line in data.Split((byte)'\n'))
        {
            text.Write("data: "u8);
            text.Write(data[line]);
            text.Write("\n"u8);
        }
    }
}
