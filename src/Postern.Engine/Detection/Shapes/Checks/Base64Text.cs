namespace Postern.Engine.Detection.Shapes.Checks;

/// <summary>Decodes base64 of either alphabet, without padding, into a caller's buffer.</summary>
internal static class Base64Text
{
    /// <summary>How much of a body is decoded to recognise what is inside.</summary>
    public const int MaxDecoded = 384;

    /// <summary>Decodes as much as fits; stops at padding; returns -1 at a character outside both alphabets.</summary>
    public static int Decode(ReadOnlySpan<byte> text, Span<byte> output)
    {
        var bits = 0;
        var held = 0;
        var written = 0;
        foreach (var b in text)
        {
            if (b == (byte)'=' || written == output.Length)
            {
                break;
            }

            var value = ValueOf(b);
            if (value < 0)
            {
                return -1;
            }

            bits = (bits << 6 | value) & 0xFFFF;
            held += 6;
            if (held >= 8)
            {
                held -= 8;
                output[written++] = (byte)(bits >> held);
            }
        }

        return written;
    }

    /// <summary>True when the token, after its prefix, decodes to the beginning of a JSON object that has a first member.</summary>
    public static bool StartsJsonObject(ReadOnlySpan<byte> token)
    {
        Span<byte> decoded = stackalloc byte[MaxDecoded];
        var start = token.IndexOf("ey"u8);
        if (start < 0)
        {
            return false;
        }

        var length = Decode(token[start..], decoded);
        return length > 4 && decoded.StartsWith("{\""u8) && decoded[..length].IndexOf("\":"u8) > 0 && IsText(decoded[..length]);
    }

    /// <summary>The value of one digit, or -1.</summary>
    public static int ValueOf(byte b) => b switch
    {
        >= (byte)'A' and <= (byte)'Z' => b - 'A',
        >= (byte)'a' and <= (byte)'z' => b - 'a' + 26,
        >= (byte)'0' and <= (byte)'9' => b - '0' + 52,
        (byte)'+' or (byte)'-' => 62,
        (byte)'/' or (byte)'_' => 63,
        _ => -1,
    };

    private static bool IsText(ReadOnlySpan<byte> bytes) => bytes.IndexOfAnyInRange((byte)0, (byte)8) < 0;
}
