using System.Buffers;
using System.Text.Json;
using Postern.Engine.Flow;

namespace Postern.Transports.Streaming;

/// <summary>
/// One document whose texts come in blocks, <c>{"content":[{"type":"text","text":"…"},…]}</c> and the like: whoever reads it puts the blocks
/// together, and so they are looked at. The inside of a long block is looked at where it stands.
/// </summary>
internal static class TextBlocks
{
    /// <summary>Of either end of a block.</summary>
    private const int EndBytes = 512;

    /// <summary>Up to here a text is also looked at without its separators.</summary>
    private const int WindowBytes = 4095;

    /// <summary>What two windows share.</summary>
    private const int OverlapBytes = 1023;

    /// <summary>Deeper than any policy reads.</summary>
    private static readonly JsonReaderOptions s_anyDepth = new() { MaxDepth = 1000 };

    /// <summary>Adds what the blocks say together to the message that holds them; nothing when there are less than two, or no JSON.</summary>
    public static void Join(ReadOnlySpan<byte> document, MessageWriter writer)
    {
        if (document.IndexOf("text"u8) < 0 && document.IndexOf("\\u"u8) < 0)
        {
            return;
        }

        var blocks = 0;
        var said = new ArrayBufferWriter<byte>();
        try
        {
            var reader = new Utf8JsonReader(document, s_anyDepth);
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("text"u8) && reader.Read() && reader.TokenType == JsonTokenType.String)
                {
                    blocks++;
                    Add(ref reader, said);
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // No JSON from here on, or half a surrogate pair: what came before was read.
        }

        for (var rest = blocks < 2 ? default : said.WrittenSpan; !rest.IsEmpty;)
        {
            var window = rest.Length <= WindowBytes ? rest : rest[..Character(rest, WindowBytes)];
            writer.AddBorder(default, window);
            rest = window.Length == rest.Length ? default : rest[Character(rest, window.Length - OverlapBytes)..];
        }
    }

    private static void Add(ref Utf8JsonReader reader, ArrayBufferWriter<byte> said)
    {
        var block = said.GetSpan(reader.ValueSpan.Length + 1);
        var length = reader.CopyString(block);
        if (length > 2 * EndBytes)
        {
            var (head, tail) = (Character(block, EndBytes), Character(block, length - EndBytes));
            block[tail..length].CopyTo(block[(head + 1)..]);
            block[head] = (byte)'\n';
            length = head + 1 + length - tail;
        }

        block[length] = (byte)' ';
        said.Advance(length + 1);
    }

    /// <summary>Where the character begins that <paramref name="at"/> lies in.</summary>
    private static int Character(ReadOnlySpan<byte> text, int at)
    {
        while (at > 0 && (text[at] & 0xC0) == 0x80)
        {
            at--;
        }

        return at;
    }
}
