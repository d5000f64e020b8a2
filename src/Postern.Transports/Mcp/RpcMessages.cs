using Postern.Engine.Flow;
using Postern.Transports.Streaming;

namespace Postern.Transports.Mcp;

/// <summary>Makes messages for the checkpoint: the text as the body, as it came.</summary>
internal static class RpcMessages
{
    /// <summary>The message of a frame on a wire of its own; the caller owns it.</summary>
    public static Message Make(ReadOnlySpan<byte> text, in RpcPassage passage)
    {
        using var writer = new MessageWriter(text.Length + 1);
        if (passage.Direction == Direction.Inbound)
        {
            TextBlocks.Join(text, writer);
        }

        AddOneLine(text, writer);
        return writer.Seal(new MessageFacts(MessageKind.Rpc, passage.Direction)
        {
            Content = text.IsEmpty ? ContentKind.Text : ContentKind.Json,
            Obstacles = passage.Obstacles,
            Whole = true,
            Mcp = passage.Facts,
        });
    }

    /// <summary>A line break outside of texts is white space, and ends the message on a wire of lines.</summary>
    private static void AddOneLine(ReadOnlySpan<byte> text, MessageWriter writer)
    {
        var room = writer.BodyRoom(text.Length).Span;
        text.CopyTo(room);
        foreach (var end in "\n\r"u8)
        {
            room[..text.Length].Replace(end, (byte)' ');
        }

        writer.Body(text.Length);
    }
}
