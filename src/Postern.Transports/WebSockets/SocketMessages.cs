using System.Text.Json;
using Postern.Engine.Flow;
using Postern.Engine.Media;
using Postern.Transports.Mcp;
using Postern.Transports.Mcp.Http;
using Postern.Transports.Streaming;

namespace Postern.Transports.WebSockets;

/// <summary>
/// Makes messages for the checkpoint from what one side sent: the payload as the body, before it the border to what came
/// earlier. Data and control frames have a border each, so that neither can be used to cut the other.
/// </summary>
internal sealed class SocketMessages(Direction direction)
{
    /// <summary>Deeper than any policy reads: what is deeper than the policy allows is then reported as that, not as malformed.</summary>
    private static readonly JsonReaderOptions s_anyDepth = new() { MaxDepth = 1000 };
    private readonly BorderTail _spoken = new();
    private readonly BorderTail _control = new();

    /// <summary>The message; the caller owns it.</summary>
    public Message Make(in SocketPiece piece)
    {
        using var writer = new MessageWriter(piece.Payload.Length + 512);
        (piece.Opcode >= SocketOpcode.Close ? _control : _spoken).Cross(piece.Payload, writer);
        writer.Body(piece.Payload);
        var (content, isWhole) = Look(piece);
        var media = piece.Opcode == SocketOpcode.Binary ? MediaHead.Of(default, piece.Payload) : null;
        var asked = direction == Direction.Outbound && McpRecognition.IsIn(piece.Payload) ? RpcFrame.Of(piece.Payload).Whole : default;
        return writer.Seal(new MessageFacts(MessageKind.Event, direction)
        {
            Content = media is { IsOpaque: true } && direction == Direction.Inbound ? ContentKind.Opaque : content,
            Media = media,
            Whole = isWhole,
            Last = piece.Opcode == SocketOpcode.Close || piece.Fault != SocketFault.None,
            Obstacles = ObstacleOf(piece.Fault) | RpcSession.ObstacleOf(asked.Fault),
            Mcp = asked.Facts,
        });
    }

    /// <summary>
    /// Nothing announces what a message is. What reads as JSON is inspected as JSON; what only begins like it is searched for
    /// strings and otherwise taken as text, because "[12:30] hello" is no broken JSON.
    /// </summary>
    private static (ContentKind Content, bool IsWhole) Look(in SocketPiece piece)
    {
        var text = piece.Payload.Trim(" \t\r\n"u8);
        if (piece.Opcode >= SocketOpcode.Close || text.IsEmpty || text[0] is not ((byte)'{' or (byte)'['))
        {
            return (ContentKind.Text, true);
        }

        return (ContentKind.Json, text[^1] is (byte)'}' or (byte)']' && IsJson(text));
    }

    private static bool IsJson(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text, s_anyDepth);
        try
        {
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static Obstacle ObstacleOf(SocketFault fault) => fault switch
    {
        SocketFault.None => Obstacle.None,
        SocketFault.InvalidText => Obstacle.InvalidText,
        SocketFault.MessageTooLarge => Obstacle.PieceTooLarge,
        _ => Obstacle.BrokenProtocol,
    };
}
