using System.Buffers;
using System.Text.Json;
using Postern.Engine.Flow;
using Postern.Engine.Media;
using Postern.Transports.Mcp;
using Postern.Transports.Mcp.Http;
using Postern.Transports.Streaming;

namespace Postern.Transports.WebSockets;

/// <summary>
/// Makes messages for the checkpoint from what one side sent: the payload as the body, before it the borders to what came
/// earlier. Data and control frames have borders of their own, so that neither can be used to cut the other.
/// </summary>
/// <param name="direction">Which way they go.</param>
/// <param name="allowsBinary">False when only text may pass.</param>
internal sealed class SocketMessages(Direction direction, bool allowsBinary = true)
{
    /// <summary>How far into a message JSON may begin: packet types, spaces for names and numbers stand before it (Socket.IO, SockJS).</summary>
    private const int MaxPrefixBytes = 128;

    /// <summary>On either side of a border, as within a property of JSON: whoever talks much is looked at thrice, not seven times.</summary>
    private const int BorderBytes = 1024;

    /// <summary>Deeper than any policy reads: what is deeper than the policy allows is then reported as that, not as malformed.</summary>
    private static readonly JsonReaderOptions s_anyDepth = new() { MaxDepth = 1000 };
    private static readonly SearchValues<byte> s_jsonOrBlank = SearchValues.Create("{[ \t\r\n"u8);

    private readonly BorderTail _spoken = new(BorderBytes);
    private readonly JsonBorders _values = new();
    private readonly BorderTail _control = new(BorderBytes);
    private bool _spokeJson;

    /// <summary>The message; the caller owns it.</summary>
    public Message Make(in SocketPiece piece)
    {
        using var writer = new MessageWriter(piece.Payload.Length + 512);
        var (content, isWhole) = Look(piece, writer);
        if (piece.Opcode >= SocketOpcode.Close)
        {
            _control.CrossNews(piece.Payload, writer);
        }
        else
        {
            // JSON after JSON has borders of its own, value by value.
            var isJson = content == ContentKind.Json && isWhole;
            _spoken.Cross(piece.Payload, writer, isShown: !(isJson && _spokeJson) && !_spoken.Repeats(piece.Payload));
            _spokeJson = isJson;
        }

        if (direction == Direction.Inbound && content == ContentKind.Json && isWhole)
        {
            TextBlocks.Join(piece.Payload, writer);
        }

        writer.Body(piece.Payload);
        var media = piece.Opcode == SocketOpcode.Binary ? MediaHead.Of(default, piece.Payload) : null;
        var asked = direction == Direction.Outbound && McpRecognition.IsIn(piece.Payload) ? RpcFrame.Of(piece.Payload).Whole : default;
        return writer.Seal(new MessageFacts(MessageKind.Event, direction)
        {
            Content = media is { IsOpaque: true } && direction == Direction.Inbound ? ContentKind.Opaque : content,
            Media = media,
            Whole = isWhole,
            Last = piece.Opcode == SocketOpcode.Close || piece.Fault != SocketFault.None,
            Obstacles = ObstacleOf(piece.Fault) | (piece.Opcode == SocketOpcode.Binary && !allowsBinary ? Obstacle.BinaryMessage : Obstacle.None) | RpcSession.ObstacleOf(asked.Fault),
            Mcp = asked.Facts,
        });
    }

    /// <summary>
    /// Nothing announces what a message is. What reads as JSON is inspected as JSON; what only holds some, behind an envelope or because
    /// it merely begins like it, is searched for strings and otherwise taken as text: "[12:30] hello" is no broken JSON.
    /// </summary>
    private (ContentKind Content, bool IsWhole) Look(in SocketPiece piece, MessageWriter writer)
    {
        var text = piece.Payload.Trim(" \t\r\n"u8);
        var start = text[..Math.Min(text.Length, MaxPrefixBytes)].IndexOfAny(s_jsonOrBlank);
        var isEnvelope = start > 0;
        if (piece.Opcode >= SocketOpcode.Close || start < 0 || text[start] is not ((byte)'{' or (byte)'[') || (isEnvelope && piece.Opcode != SocketOpcode.Text))
        {
            return (ContentKind.Text, true);
        }

        // A record separator ends what SignalR says.
        var json = text[start..].TrimEnd((byte)0x1E);
        var isJson = json[^1] is (byte)'}' or (byte)']' && (_values.TryCross(json, writer) || IsJson(json));
        return isEnvelope && !isJson ? (ContentKind.Text, true) : (ContentKind.Json, isJson && json.Length == text.Length);
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
        SocketFault.CorruptDeflate => Obstacle.CorruptEncoding,
        _ => Obstacle.BrokenProtocol,
    };
}
