using System.Buffers.Text;

namespace Postern.Engine.Detection.Shapes.Checks;

/// <summary>Telegram bot tokens: an id without leading zero below 2^54, then 35 characters of canonical unpadded base64url.</summary>
internal static class TelegramToken
{
    private const long MaxId = 1L << 54;

    public static bool Passes(ReadOnlySpan<byte> token)
    {
        var colon = token.IndexOf((byte)':');
        return colon > 0
            && token[0] != (byte)'0'
            && Utf8Parser.TryParse(token[..colon], out long id, out var read)
            && read == colon
            && id is > 0 and < MaxId
            && Base64Text.ValueOf(token[^1]) % 4 == 0;
    }
}
